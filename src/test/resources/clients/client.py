"""Python's http.client against the origin of PythonClientTest, everything over one connection."""
import hashlib
import http.client
import sys

connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=20)


def exchange(method, path, **request):
    connection.request(method, path, **request)
    response = connection.getresponse()
    return response, response.read()


def expect(actual, expected):
    if actual != expected:
        sys.exit(f"expected {expected!r:.200}, got {actual!r:.200}")


response, content = exchange("GET", "/page", headers={"Accept-Encoding": "identity"})
expect((response.status, response.version, content), (200, 11, b"page"))
sock = connection.sock

response, content = exchange("HEAD", "/page")
expect((response.status, response.getheader("Content-Length"), content), (200, None, b""))

upload = bytes(range(256)) * 10000
checksum = hashlib.sha256(upload).hexdigest().encode()
blocks = (upload[i:i + 50000] for i in range(0, len(upload), 50000))
_, content = exchange("POST", "/checksum", body=blocks, encode_chunked=True,
                      headers={"Transfer-Encoding": "chunked"})
expect(content, checksum)
_, content = exchange("PUT", "/checksum", body=upload)
expect(content, checksum)

response, content = exchange("GET", "/missing")
expect(response.status, 404)

_, content = exchange("GET", "/page", headers={"Cookie": "a=1", "X-Empty": ""})
expect(content, b"page")

if connection.sock is not sock:
    sys.exit("the connection was not kept")

for _ in range(20):
    expect(exchange("GET", "/page")[1], b"page")

_, content = exchange("GET", "/page", headers={"Connection": "close"})
expect((content, connection.sock), (b"page", None))
