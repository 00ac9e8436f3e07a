# The bases are arguments so that a mirror, a digest or a stand-in can take their place.
ARG BUILD_IMAGE=docker.io/library/node:26-trixie-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs26-debian13:nonroot

# It makes nothing but JavaScript, so that it runs once, here, for every architecture.
FROM --platform=$BUILDPLATFORM ${BUILD_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No scripts: the only one fetches another Node.js, for development.
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY packaging packaging
COPY src src
RUN npm run build && install -d -o 65532 -g 65532 dist/compile-cache
# What is compiled counts at the same place, for the same user and Node.js; for another architecture
# this is nothing.
USER 65532:65532
RUN node packaging/compile-cache.ts && chmod -R a+rX dist/compile-cache

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="mongodbatlas-backup-exporter" \
      org.opencontainers.image.description="Prometheus exporter for MongoDB Atlas backup snapshots" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/mongodbatlas-backup-exporter/mongodbatlas-backup-exporter" \
      org.opencontainers.image.documentation="https://github.com/mongodbatlas-backup-exporter/mongodbatlas-backup-exporter#readme" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
COPY package.json LICENSE /app/
COPY --from=build /app/dist /app/dist

ENV NODE_ENV=production EXPORTER_REVISION=${REVISION}
# config.yaml is looked for here.
WORKDIR /etc/mongodbatlas-backup-exporter
USER 65532:65532
EXPOSE 10071
HEALTHCHECK --interval=1m --timeout=5s --start-period=15s \
  CMD ["/nodejs/bin/node", "/app/dist/main.js", "health"]
# A small young generation, and an old one that is collected when it has grown by three quarters: less
# memory at its peak, for polls that take a little more processor time.
ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=4", "--heap-growing-percent=75", "/app/dist/main.js"]
