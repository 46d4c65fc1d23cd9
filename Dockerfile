# regild in a container: the published bundle, as a user that is not root. Packer is not in it: who builds with it makes an image from this one.
#   docker build -t regild . && docker run --rm -v "$PWD:/work" regild plan --sandbox
# The tag names a version and not its bytes: `docker buildx imagetools inspect node:24.21.0-trixie-slim` prints the digest to put behind it (`@sha256:…`).
FROM node:24.21.0-trixie-slim AS bundle
WORKDIR /regild
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm pack --pack-destination /tmp

FROM node:24.21.0-trixie-slim
COPY --from=bundle /tmp/regild-*.tgz /tmp/regild.tgz
RUN npm install --global --no-audit --no-fund /tmp/regild.tgz && rm /tmp/regild.tgz
# The user `node` of that image, by its number: a cluster that refuses root cannot resolve a name.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["regild"]
CMD ["--help"]
