"""STORAGE_URL → an entry of Django's STORAGES. Read by config/settings.py only."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "s3://key:secret@host:port/bucket?region=us-east-1&secure=1"


def s3_storage(url: str) -> dict[str, object]:
    """``s3://key:secret@host:port/bucket``; key and secret are percent-encoded where needed.

    Options: ``region`` (us-east-1) and ``secure=0`` for plain HTTP inside a private network.
    """
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = set(options) - {"region", "secure"}
    if parts.scheme != "s3" or not parts.hostname or not bucket or "/" in bucket or unknown:
        raise ImproperlyConfigured(f"STORAGE_URL must look like {EXAMPLE}.")
    host = parts.netloc.rpartition("@")[2]
    scheme = "http" if options.get("secure") == "0" else "https"
    storage = {
        "bucket_name": bucket,
        "endpoint_url": f"{scheme}://{host}",
        "region_name": options.get("region", "us-east-1"),
        "signature_version": "s3v4",
        # Servers that are not Amazon's know no bucket as a host name.
        "addressing_style": "path",
        "file_overwrite": False,
        "default_acl": None,
        "querystring_expire": 300,
    }
    if parts.username:  # else the machine's own role signs
        storage["access_key"] = unquote(parts.username)
        storage["secret_key"] = unquote(parts.password or "")
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": storage}
