# One image for API, worker, migration and the command line: `jenjang api`, `jenjang worker`, `jenjang migrate`.
ARG PYTHON=python:3.11.13-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /src
COPY deploy/build.lock deploy/image.lock deploy/
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r deploy/build.lock \
    && /opt/build/bin/uv venv /opt/jenjang \
    && /opt/build/bin/uv pip sync --no-cache --compile-bytecode --python /opt/jenjang/bin/python --require-hashes deploy/image.lock
COPY . .
RUN PATH="/opt/build/bin:${PATH}" sh deploy/assets.sh npm \
    && if [ -d api/locale ]; then /opt/build/bin/pybabel compile --directory api/locale; fi \
    && /opt/build/bin/hatchling build -t wheel -d /tmp/dist \
    && /opt/build/bin/uv pip install --no-cache --no-index --no-deps --compile-bytecode --python /opt/jenjang/bin/python /tmp/dist/*.whl

FROM ${PYTHON}
# PostgreSQL's programs, for `jenjang backup` and `restore`: as new as the server of docker-compose.yml, which Debian's are not.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates postgresql-common \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install -y --no-install-recommends postgresql-client-16 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/jenjang jenjang
COPY --from=build /opt/jenjang /opt/jenjang
ENV PATH="/opt/jenjang/bin:${PATH}" \
    PYTHONUNBUFFERED=1 \
    JENJANG_DATA_DIR=/var/lib/jenjang \
    JENJANG_HOST=0.0.0.0 \
    JENJANG_WORKER_METRICS_HOST=0.0.0.0
USER 10001
WORKDIR /var/lib/jenjang
EXPOSE 8080 9464 9465
ENTRYPOINT ["jenjang"]
CMD ["api"]
