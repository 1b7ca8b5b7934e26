#!/bin/sh
# Makes the namespace that keeps closed processes for 90 days; Jenjang's own records stay in its database.
set -eu
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 90d
