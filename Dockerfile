# kg with all readers, the servers and the cluster: one image for a command, a scheduler, a worker, `kg serve`
# and `kg mcp`.
#
#     docker build -t kg .
#     docker run --rm -v "$PWD:/data" kg build /data/texts -o /data/output/
#
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY kg ./kg
RUN python -m venv /opt/kg && /opt/kg/bin/pip install --no-cache-dir '.[documents,remote,serve,cluster,agents]'

FROM python:3.12-slim
COPY --from=build /opt/kg /opt/kg
ENV PATH=/opt/kg/bin:$PATH PYTHONUNBUFFERED=1
# What is written to a mounted folder belongs to whoever runs it: docker run --user "$(id -u):$(id -g)".
RUN useradd --create-home kg
USER kg
WORKDIR /data
ENTRYPOINT ["kg"]
CMD ["--help"]
