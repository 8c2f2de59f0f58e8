# The image of web, worker and beat: packages by hash, the system libraries and fonts of the PDF.
FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /venv
COPY requirements.lock .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home app \
    && install -d -o app -g app /data
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data STATIC_ROOT=/opt/static FONTS_DIR=/opt/fonts FONTCONFIG_FILE=/opt/fonts/fonts.conf
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# Fonts and catalogues; then one PDF, so that fontconfig's cache is in the image. The key serves
# this step alone: collectstatic signs nothing.
RUN python -m apps.core.ops.prepare \
    && python -c "import weasyprint; weasyprint.HTML(string='a').write_pdf('/dev/null')" \
    && SECRET_KEY=unused DATA_DIR=/tmp/build python manage.py collectstatic --noinput \
    && rm -rf /tmp/build
USER app
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config=config/gunicorn.py", "config.wsgi:application", "--bind=0.0.0.0:8000", "--worker-class=gthread", \
     "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
