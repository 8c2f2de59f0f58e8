from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "apps.reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        # Who joins a plan gets the reviews that waited for their invitation.
        from apps.plans import joining
        from apps.reviews.inviting import hand_over

        joining.register(hand_over)
