FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY migrations migrations
COPY src src
# A volume that is made here belongs to whom the directory belongs to.
RUN mkdir /data && chown node:node /data

USER node
# Outside of the container nobody could reach 127.0.0.1.
ENV HOST=0.0.0.0 PORT=3000 DATABASE_URL=file:/data/baton.db
VOLUME /data
EXPOSE 3000
# Whether the process lives, not whether Slack does: starting it again would mend nothing there.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "src/main.ts"]
