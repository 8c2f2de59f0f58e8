"""``manage.py make_bucket``: create the bucket that STORAGE_URL names, unless it is there."""

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Create the bucket of STORAGE_URL; does nothing if it exists or files lie on disk."

    def handle(self, *args, **options) -> None:
        storage = storages["default"]
        if not hasattr(storage, "bucket"):
            self.stdout.write("Files lie in a folder: no bucket is needed.")
            return
        from botocore.exceptions import BotoCoreError, ClientError

        client = storage.connection.meta.client
        try:
            names = {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}
            if storage.bucket_name not in names:
                client.create_bucket(Bucket=storage.bucket_name)
        except (BotoCoreError, ClientError) as error:
            raise CommandError(f"The object storage refused: {error}") from error
        self.stdout.write(f"The bucket {storage.bucket_name} is there.")
