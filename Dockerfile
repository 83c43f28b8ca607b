# Rollcall against a Postgres and a Redis (or Valkey) that run elsewhere. Configured by environment variables: see
# docs/operating/environment.md; docker-compose.yml shows the ones that are needed.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --no-audit --no-fund && NX_DAEMON=false npm run build
# What the service needs at run time, and nothing else. The embedded servers are optional dependencies: not here.
RUN rm -rf node_modules \
  && npm ci --no-audit --no-fund --omit=dev --omit=optional --workspace rollcall

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    ROLLCALL_HOME=/var/lib/rollcall
RUN install --directory --owner=node --group=node "$ROLLCALL_HOME"
WORKDIR /app
COPY --from=build /app ./
USER node
VOLUME /var/lib/rollcall
EXPOSE 3000
# A process that only works on tasks answers no HTTP.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD test "$ROLLCALL_ROLE" = worker || node -e "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "apps/sync-api/dist/main.js"]
