package io.proxystone.http;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The value of a member of a structured field: a bare item of one of eight types, or an inner list (RFC 9651 §3). */
public sealed interface StructuredValue {
    /** At most 15 digits. */
    record IntegerItem(long value) implements StructuredValue {}

    /** At most 12 digits and up to three behind the point. */
    record DecimalItem(BigDecimal value) implements StructuredValue {}

    /** ASCII characters without controls. */
    record StringItem(String value) implements StructuredValue {}

    record TokenItem(String value) implements StructuredValue {}

    /** Octets, each as the character of its number. */
    record ByteSequenceItem(String octets) implements StructuredValue {}

    record BooleanItem(boolean value) implements StructuredValue {}

    record DateItem(Instant value) implements StructuredValue {}

    /** A text of any characters. */
    record DisplayStringItem(String value) implements StructuredValue {}

    /** Items, each with its parameters. */
    record InnerList(List<StructuredMember> members) implements StructuredValue {
        public InnerList {
            members = List.copyOf(members);
        }
    }

    /** What a member or a parameter without a value stands for. */
    StructuredValue TRUE = new BooleanItem(true);
}
