# The bridge as a sidecar of an OpenClaw gateway: docs/docker.md.
FROM swift:6.3-bookworm AS build
WORKDIR /source
# What changes seldom comes first, so that it need not be done again when sources change.
# Versions are not pinned: Debian's archive drops one with the next security update.
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libssl-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
COPY Package.swift ./
RUN swift package resolve
COPY scripts/prepare.sh scripts/
COPY Sources Sources
COPY Tests Tests
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
# The same build as setup.sh and connect.sh make.
RUN source scripts/prepare.sh \
    && binary=$(release_binary "$PWD") \
    && strip -o /usr/local/bin/clawdtalk "$binary"

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ca-certificates libssl3 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 1000 clawdtalk \
    && useradd --uid 1000 --gid 1000 --home-dir /data --no-log-init clawdtalk \
    && install -d -o 1000 -g 1000 -m 0700 /data
COPY --from=build /usr/local/bin/clawdtalk /usr/local/bin/clawdtalk
# The root file system may be read-only, without a tmpfs: what is temporary goes into the volume too.
ENV CLAWDTALK_HOME=/data TMPDIR=/data
VOLUME /data
WORKDIR /data
# The gateway's own user id: files of its folder stay readable for it after setup.
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["clawdtalk", "status", "--health"]
ENTRYPOINT ["clawdtalk"]
CMD ["run", "--stay"]
ARG VERSION=development
LABEL org.opencontainers.image.title="ClawdTalk for Swift" \
      org.opencontainers.image.description="Voice bridge between the ClawdTalk service and an OpenClaw gateway" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.licenses="MIT"
