#!/bin/sh
# Make a PostgreSQL server available to the tests, where that is possible without asking; say nothing when it is there.
# Tests that need one are skipped, with one line, where there is none.
set -eu

if command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    exit 0
fi
echo "installing PostgreSQL for the tests" >&2
export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1; }
# A server of the system's own is not wanted: the tests start theirs.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
install || { apt-get update -qq >/dev/null 2>&1 && install; } || echo "PostgreSQL could not be installed" >&2
