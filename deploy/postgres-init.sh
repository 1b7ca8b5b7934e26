#!/bin/sh
# Runs once, when PostgreSQL is new: two roles and a database for Jenjang, and, where TEMPORAL_DB_PASSWORD is set, a role and its
# databases for Temporal.
# `jenjang_owner` runs the migrations and nothing else. `jenjang` serves: it owns nothing, and the migrations leave it no right
# to change or remove what is in the record (docs/operations.md, "The record").
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    ${TEMPORAL_DB_PASSWORD:+--set "temporal_password=$TEMPORAL_DB_PASSWORD"} \
    --set jenjang_password="$JENJANG_DB_PASSWORD" --set owner_password="$JENJANG_OWNER_DB_PASSWORD" <<'SQL'
\if :{?temporal_password}
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
\endif
CREATE ROLE jenjang_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE jenjang LOGIN PASSWORD :'jenjang_password';
CREATE DATABASE jenjang OWNER jenjang_owner;
\connect jenjang
ALTER DEFAULT PRIVILEGES FOR ROLE jenjang_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO jenjang;
ALTER DEFAULT PRIVILEGES FOR ROLE jenjang_owner GRANT USAGE, SELECT ON SEQUENCES TO jenjang;
SQL
