package io.proxystone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.proxystone.RunningGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A browser loads a page with all that pages have, and its script reports what it saw. The page counts as loaded when its
 * last image is there, which the origin holds back until the report has come.
 */
class BrowserTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final int EVENTS = 3;
    private static final String PAGE = """
            <!doctype html>
            <title>Page</title>
            <link rel="stylesheet" href="style.css">
            <p id="events"></p>
            <p id="report">nothing</p>
            <img id="picture" src="picture.svg">
            <img src="loaded.svg">
            <script src="script.js"></script>
            """;
    private static final String SCRIPT = """
            const events = new EventSource("events");
            const seen = [];
            events.onmessage = async event => {
              seen.push(event.data);
              document.getElementById("events").textContent = seen.join(" ");
              if (seen.length < 3) {
                await fetch("next", {method: "POST"});
                return;
              }
              events.close();
              const json = await (await fetch("data.json")).json();
              const missing = await fetch("missing");
              const upload = await fetch("echo", {method: "PUT", body: "x".repeat(1000000)});
              await document.getElementById("picture").decode();
              document.getElementById("report").textContent = JSON.stringify({
                name: json.name,
                cookie: document.cookie,
                colour: getComputedStyle(document.getElementById("report")).color,
                width: document.getElementById("picture").naturalWidth,
                missing: missing.status,
                uploaded: (await upload.text()).length
              });
              await fetch("report", {method: "POST", body: document.getElementById("report").textContent});
            };
            """;

    @TempDir
    Path directory;

    private final CountDownLatch reported = new CountDownLatch(1);
    private final Semaphore nextEvent = new Semaphore(1);

    @Test
    void loadsAPage() throws Exception {
        try (Site site = site();
                RunningGateway gateway =
                        RunningGateway.with().passThrough(site.port()).start()) {
            String document = chromium("http://127.0.0.1:" + gateway.port() + "/start");
            assertThat(document)
                    .contains("<p id=\"events\">event-1 event-2 event-3</p>")
                    .contains("{\"name\":\"Stone\",\"cookie\":\"visited=yes\",\"colour\":\"rgb(1, 2, 3)\",\"width\":7,"
                            + "\"missing\":404,\"uploaded\":1000000}");
            assertThat(site.requests()).contains("GET /start", "GET /site/page.html?from=start", "POST /site/report");
        }
    }

    private String chromium(String url) throws Exception {
        Program.Result result = Program.named("chromium", directory)
                .run(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        url);
        return result.succeeded().text();
    }

    private Site site() throws IOException {
        Site site = new Site()
                .page("/site/page.html", "text/html", PAGE)
                .page("/site/picture.svg", "image/svg+xml", picture())
                .page("/site/data.json", "application/json", "{\"name\": \"Stone\"}")
                .on("/", exchange -> Site.respond(exchange, 404, new byte[0]))
                .on("/start", BrowserTest::redirect)
                .on("/site/style.css", BrowserTest::answerCompressed)
                .on("/site/events", this::answerEvents)
                .on("/site/echo", BrowserTest::echo);
        site.page("/site/script.js", "text/javascript", SCRIPT);
        site.on("/site/next", exchange -> {
            nextEvent.release();
            Site.respond(exchange, 204, new byte[0]);
        });
        site.on("/site/report", exchange -> {
            reported.countDown();
            Site.respond(exchange, 204, new byte[0]);
        });
        site.on("/site/loaded.svg", exchange -> {
            reported.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            exchange.getResponseHeaders().set("Content-Type", "image/svg+xml");
            Site.respond(exchange, 200, picture().getBytes(StandardCharsets.UTF_8));
        });
        return site;
    }

    private static String picture() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"7\" height=\"5\"/>";
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Set-Cookie", "visited=yes; Path=/site");
        exchange.getResponseHeaders().add("Set-Cookie", "hidden=yes; Path=/site; HttpOnly");
        exchange.getResponseHeaders().set("Location", "/site/page.html?from=start");
        Site.respond(exchange, 302, new byte[0]);
    }

    private static void answerCompressed(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write("#report { color: rgb(1, 2, 3) }".getBytes(StandardCharsets.UTF_8));
        }
        exchange.getResponseHeaders().set("Content-Type", "text/css");
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        Site.respond(exchange, 200, zipped.toByteArray());
    }

    /** Sends an event when the one before has been seen: if the gateway held one back, there would be no further one. */
    private void answerEvents(HttpExchange exchange) throws Exception {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        for (int i = 1; i <= EVENTS; i++) {
            if (!nextEvent.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Event " + (i - 1) + " was not seen");
            }
            exchange.getResponseBody().write(("data: event-" + i + "\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getRequestBody().transferTo(exchange.getResponseBody());
    }
}
