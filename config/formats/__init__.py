"""How dates are written, by language, where Django's own formats differ from what the page's script
writes (Intl "medium", static/js/unsaved.js). Chinese is the same in both."""
