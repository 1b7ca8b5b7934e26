#!/bin/sh
# Runs once, when the volume of PostgreSQL is new: a role and its databases for Temporal, a role and a database for Jenjang.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    --set temporal_password="$TEMPORAL_DB_PASSWORD" --set jenjang_password="$JENJANG_DB_PASSWORD" <<'SQL'
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
CREATE ROLE jenjang LOGIN PASSWORD :'jenjang_password';
CREATE DATABASE jenjang OWNER jenjang;
SQL
