#!/bin/sh
# Brings both databases of Temporal to the schema of this server version. Harmless when they are there already.
set -eu
for database in temporal:temporal temporal_visibility:visibility; do
    tool="temporal-sql-tool --plugin postgres12 --ep postgres --port 5432 --user temporal --db ${database%%:*}"
    $tool setup-schema --version 0.0
    $tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/${database##*:}/versioned"
done
