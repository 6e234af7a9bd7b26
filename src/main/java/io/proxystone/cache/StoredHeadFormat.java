package io.proxystone.cache;

import io.proxystone.cache.Freshness.Source;
import io.proxystone.cache.Freshness.StaleUse;
import io.proxystone.cache.Selection.Selector;
import io.proxystone.http.FieldName;
import io.proxystone.http.Fields;
import io.proxystone.http.HttpVersion;
import io.proxystone.http.Octets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a {@link StoredHead}, for stores outside of memory: the number of the form, a CRC32C of everything else,
 * and the components in their order. Fields keep the octets and the spelling they have; enums go by name, so that no order of
 * constants is part of the form.
 */
public final class StoredHeadFormat {
    private static final byte FORM = 1;
    private static final int CHECKSUM_AT = 1;
    private static final int CONTENT_AT = CHECKSUM_AT + Integer.BYTES;
    private static final int TYPICAL_SIZE = 1024;

    private StoredHeadFormat() {}

    public static byte[] encode(StoredHead head) {
        OctetWriter out = new OctetWriter(TYPICAL_SIZE);
        out.octet(FORM);
        for (int i = CHECKSUM_AT; i < CONTENT_AT; i++) {
            out.octet(0);
        }
        out.number(head.id());
        out.text(head.version().name());
        out.number(head.status());
        out.text(head.reason());
        writeFields(head.fields(), out);
        writeFields(head.trailers(), out);
        out.number(head.size());
        writeSelection(head.selection(), out);
        writeFreshness(head.freshness(), out);
        out.text(head.rule());
        out.number(head.tags().size());
        head.tags().forEach(out::text);
        byte[] octets = out.toArray();
        ByteBuffer.wrap(octets).putInt(CHECKSUM_AT, checksum(octets));
        return octets;
    }

    /**
     * The head that was encoded. Its fields refer to the octets, which nobody changes from now on.
     *
     * @throws DamagedEntryException if the octets are not those of a head in this form, whatever else they are
     */
    public static StoredHead decode(byte[] octets) throws DamagedEntryException {
        if (octets.length < CONTENT_AT || octets[0] != FORM) {
            throw new DamagedEntryException("No head of form " + FORM);
        }
        if (ByteBuffer.wrap(octets).getInt(CHECKSUM_AT) != checksum(octets)) {
            throw new DamagedEntryException("The checksum of a head is wrong");
        }
        OctetReader in = new OctetReader(octets, CONTENT_AT);
        StoredHead head = new StoredHead(
                in.number(),
                constant(HttpVersion.class, in.text()),
                in.number(100, 999),
                in.text(),
                readFields(in),
                readFields(in),
                in.number(),
                readSelection(in),
                readFreshness(in),
                in.text(),
                readTags(in));
        if (in.remaining() > 0 || head.size() < -1) {
            throw new DamagedEntryException("A head has an impossible size");
        }
        return head;
    }

    private static int checksum(byte[] octets) {
        CRC32C checksum = new CRC32C();
        checksum.update(octets, 0, CHECKSUM_AT);
        checksum.update(octets, CONTENT_AT, octets.length - CONTENT_AT);
        return (int) checksum.getValue();
    }

    private static void writeFields(Fields fields, OctetWriter out) {
        out.number(fields.size());
        for (int line = 0; line < fields.size(); line++) {
            out.octets(fields.name(line));
            out.octets(fields.value(line));
        }
    }

    private static Fields readFields(OctetReader in) throws DamagedEntryException {
        int count = in.count();
        if (count == 0) {
            return Fields.EMPTY;
        }
        Fields.Builder fields = Fields.builder().over(in.array());
        for (int i = 0; i < count; i++) {
            readLine(in, fields);
        }
        return fields.build();
    }

    /** Refuses what could not have come in a message, so that a damaged name or value never becomes a line of its own. */
    private static void readLine(OctetReader in, Fields.Builder fields) throws DamagedEntryException {
        byte[] octets = in.array();
        int nameLength = in.count();
        int name = in.skip(nameLength);
        int hash = 0;
        boolean valid = nameLength > 0;
        for (int i = name; i < name + nameLength; i++) {
            hash = FieldName.hash(hash, octets[i]);
            valid &= Octets.isToken(octets[i]);
        }
        int valueLength = in.count();
        int value = in.skip(valueLength);
        for (int i = value; i < value + valueLength; i++) {
            valid &= Octets.isFieldValue(octets[i]);
        }
        if (!valid) {
            throw new DamagedEntryException("A field line has octets that HTTP does not allow");
        }
        fields.line(name, name + nameLength, hash, value, value + valueLength);
    }

    private static void writeSelection(Selection selection, OctetWriter out) {
        out.number(selection.selectors().size());
        for (Selector selector : selection.selectors()) {
            out.text(selector.name());
            String value = selector.value();
            out.number(value == null ? 0 : 1);
            if (value != null) {
                out.text(value);
            }
        }
    }

    private static Selection readSelection(OctetReader in) throws DamagedEntryException {
        int count = in.count();
        if (count == 0) {
            return Selection.ALL;
        }
        List<Selector> selectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.text();
            @Nullable String value = in.number(0, 1) == 0 ? null : in.text();
            selectors.add(new Selector(name, value));
        }
        return new Selection(selectors);
    }

    private static void writeFreshness(Freshness freshness, OctetWriter out) {
        out.number(freshness.received());
        out.number(freshness.initialAge());
        out.number(freshness.lifetime());
        out.text(freshness.source().name());
        out.number(freshness.staleWhileRevalidate());
        out.number(freshness.staleIfError());
        out.text(freshness.staleUse().name());
    }

    private static Freshness readFreshness(OctetReader in) throws DamagedEntryException {
        return new Freshness(
                in.number(),
                in.number(),
                in.number(),
                constant(Source.class, in.text()),
                in.number(),
                in.number(),
                constant(StaleUse.class, in.text()));
    }

    private static Set<String> readTags(OctetReader in) throws DamagedEntryException {
        int count = in.count();
        Set<String> tags = new HashSet<>();
        for (int i = 0; i < count; i++) {
            tags.add(in.text());
        }
        return tags;
    }

    private static <T extends Enum<T>> T constant(Class<T> type, String name) throws DamagedEntryException {
        for (T constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new DamagedEntryException("A head has an unknown " + type.getSimpleName());
    }
}
