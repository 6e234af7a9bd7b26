package io.proxystone.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what holds items: dictionaries, inner lists and parameters (RFC 9651 §4.2.1.2, §4.2.2, §4.2.3.2); null is failure. */
final class StructuredParser {
    private final StructuredInput input;
    private final BareItemParser bareItems;

    StructuredParser(String text) {
        this.input = new StructuredInput(text);
        this.bareItems = new BareItemParser(input);
    }

    /** The whole field as a Dictionary. Of several members with one key the last counts, in the place of the first. */
    @Nullable
    StructuredDictionary dictionary() {
        Map<String, StructuredMember> members = new LinkedHashMap<>();
        input.skipSpaces();
        while (!input.isAtEnd()) {
            String key = key();
            StructuredMember member = key == null ? null : member();
            if (key == null || member == null) {
                return null;
            }
            members.put(key, member);
            input.skipSpacesAndTabs();
            if (input.isAtEnd()) {
                break;
            }
            if (!input.take(',')) {
                return null;
            }
            input.skipSpacesAndTabs();
            if (input.isAtEnd()) {
                return null;
            }
        }
        return new StructuredDictionary(members);
    }

    /** What follows a key. */
    private @Nullable StructuredMember member() {
        if (!input.take('=')) {
            return withParameters(StructuredValue.TRUE);
        }
        return input.take('(') ? innerList() : item();
    }

    /** An inner list after its parenthesis. */
    private @Nullable StructuredMember innerList() {
        List<StructuredMember> members = new ArrayList<>();
        while (true) {
            input.skipSpaces();
            if (input.take(')')) {
                return withParameters(new StructuredValue.InnerList(members));
            }
            StructuredMember item = item();
            if (item == null || (input.peek() != ' ' && input.peek() != ')')) {
                return null;
            }
            members.add(item);
        }
    }

    private @Nullable StructuredMember item() {
        StructuredValue value = bareItems.next();
        return value == null ? null : withParameters(value);
    }

    private @Nullable StructuredMember withParameters(StructuredValue value) {
        Map<String, StructuredValue> parameters = new LinkedHashMap<>();
        while (input.take(';')) {
            input.skipSpaces();
            String key = key();
            StructuredValue parameter = key != null && input.take('=') ? bareItems.next() : StructuredValue.TRUE;
            if (key == null || parameter == null) {
                return null;
            }
            parameters.put(key, parameter);
        }
        return new StructuredMember(value, parameters);
    }

    private @Nullable String key() {
        if (!StructuredInput.isKeyStart(input.peek())) {
            return null;
        }
        StringBuilder key = new StringBuilder();
        while (StructuredInput.isKeyPart(input.peek())) {
            key.append((char) input.next());
        }
        return key.toString();
    }
}
