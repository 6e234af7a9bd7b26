package io.proxystone.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP/1.1 message as it was read off a socket.
 *
 * @param head its head, line by line as it came, without the line ends
 * @param body its content without framing
 * @param trailers its trailer lines
 */
public record RawMessage(List<String> head, byte[] body, List<String> trailers) {

    public String startLine() {
        return head.get(0);
    }

    /** The status of a response. */
    public int status() {
        return Integer.parseInt(startLine().split(" ", 3)[1]);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The values of a field, in the order they came, whatever the case of its name. */
    public List<String> fields(String name) {
        List<String> values = new ArrayList<>();
        for (String line : head.subList(1, head.size())) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                values.add(line.substring(name.length() + 1).strip());
            }
        }
        return values;
    }

    /** The only value of a field, or null if there is none. */
    public String field(String name) {
        List<String> values = fields(name);
        if (values.size() > 1) {
            throw new AssertionError(name + " came " + values.size() + " times: " + values);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public String toString() {
        return String.join("\n", head) + "\n\n" + (body.length > 2000 ? "[" + body.length + " octets]" : text());
    }
}
