# One image for web, worker and beat. It holds no secret: all of them come from the environment at start.
FROM python:3.11-slim AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUTF8=1
RUN python -m venv /opt/venv
COPY requirements.prod.lock /tmp/
RUN /opt/venv/bin/pip install --no-deps --require-hashes --requirement /tmp/requirements.prod.lock

WORKDIR /app
COPY . .
# Catalogues and static files need the settings but no database: development values do, and stay in this stage.
RUN HEALTHAID_ENV=development HEALTHAID_VAR=/tmp/var STATIC_ROOT=/app/static \
    /opt/venv/bin/python manage.py prepare messages static


FROM python:3.11-slim

RUN groupadd --gid 10001 healthaid \
 && useradd --uid 10001 --gid healthaid --no-create-home --home-dir /app --shell /usr/sbin/nologin healthaid \
 && install --directory --owner=healthaid --group=healthaid --mode=0750 /var/lib/healthaid
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 \
    HEALTHAID_ENV=production HEALTHAID_VAR=/var/lib/healthaid STATIC_ROOT=/app/static
WORKDIR /app
USER healthaid
VOLUME /var/lib/healthaid
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "healthaid.launch.probe"]
CMD ["gunicorn", "healthaid.wsgi:application", "--bind=0.0.0.0:8000", "--preload", "--worker-class=gthread", \
     "--workers=4", "--threads=4", "--max-requests=5000", "--max-requests-jitter=500", "--worker-tmp-dir=/dev/shm", \
     "--no-control-socket"]
