package io.proxystone.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags (RFC 9110 §8.8.3) and lists of them (§13.1.1, §13.1.2). */
class EntityTagTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    "xyzzy"      | false | xyzzy
                    W/"xyzzy"    | true  | xyzzy
                    ""           | false | ^^
                    W/""         | true  | ^^
                    "a,b"        | false | a,b
                    "a\\"         | false | a\\
                    "'!#~[]{}"   | false | '!#~[]{}
                    "\u0080\u00ff"         | false | \u0080\u00ff
                    ^ \t"a"\t ^  | false | a
                    """)
    void tagIsAQuotedTextThatMayBeWeak(String text, boolean weak, String opaque) {
        assertThat(EntityTag.parse(text)).isEqualTo(new EntityTag(weak, opaque));
        assertThat(new EntityTag(weak, opaque).text()).isEqualTo(FieldValue.trim(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "W/",
                "W/\"",
                "abc",
                "W/abc",
                "\"abc",
                "abc\"",
                "'abc'",
                "w/\"a\"",
                "W /\"a\"",
                "W/ \"a\"",
                "*",
                "\"a b\"",
                "\"a\tb\"",
                "\"a\"b\"",
                "\"a\", \"b\"",
                "\"a\0\"",
                "\"a\u007f\"",
                "\"\u20ac\"",
                "\u00a0\"a\""
            })
    void anythingElseIsNoTag(String text) {
        assertThat(EntityTag.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "a b", "\u20ac"})
    void opaqueTextHasNoQuotesOrSpaces(String opaque) {
        assertThatThrownBy(() -> new EntityTag(false, opaque)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    W/"1" | W/"1" | false | true
                    W/"1" | W/"2" | false | false
                    W/"1" | "1"   | false | true
                    "1"   | "1"   | true  | true
                    "1"   | "2"   | false | false
                    "a"   | "A"   | false | false
                    """)
    void comparisonIsTheTableOfRfc9110Section8_8_3_2(String one, String other, boolean strong, boolean weak) {
        assertThat(tag(one).matchesStrongly(tag(other))).isEqualTo(strong);
        assertThat(tag(other).matchesStrongly(tag(one))).isEqualTo(strong);
        assertThat(tag(one).matchesWeakly(tag(other))).isEqualTo(weak);
        assertThat(tag(other).matchesWeakly(tag(one))).isEqualTo(weak);
        EntityTagList list = EntityTagList.parse(List.of(one));
        assertThat(list.containsStrongly(tag(other))).isEqualTo(strong);
        assertThat(list.containsWeakly(tag(other))).isEqualTo(weak);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    one tag                                   | "a"                    | "a"
                    several tags                              | "a", W/"b","c"         | "a" W/"b" "c"
                    several lines are one list                | "a";"b", "c"           | "a" "b" "c"
                    §5.6.1.2 empty elements do not count      | , "a",, "b" ,          | "a" "b"
                    a comma in a tag belongs to it            | "a,b", "c"             | "a,b" "c"
                    a backslash escapes nothing               | "a\\", "b"              | "a\\" "b"
                    what is no tag does not spoil the rest    | abc, "a", w/"b", "c" d | "a"
                    a tag that is not closed takes its line   | "a", "b, "c";"d"       | "a" "d"
                    a star among others is no tag             | *, "a"                 | "a"
                    """)
    void listHasTags(String sentence, String lines, String tags) {
        EntityTagList list = EntityTagList.parse(Arrays.asList(lines.split(";")));
        assertThat(String.join(" ", list.tags().stream().map(EntityTag::text).toList()))
                .as(sentence)
                .isEqualTo(tags);
        assertThat(list.isAny()).isFalse();
    }

    @Test
    void starIsAny() {
        assertThat(EntityTagList.parse(List.of("*")).isAny()).isTrue();
        assertThat(EntityTagList.parse(List.of(" * ,")).isAny()).isTrue();
        assertThat(EntityTagList.parse(List.of("\"*\"")).isAny()).isFalse();
        assertThat(EntityTagList.parse(List.of("")).isAny()).isFalse();
        assertThat(EntityTagList.parse(List.of()).tags()).isEmpty();
    }

    @Test
    void elementThatIsNoTagIsComparedAsText() {
        EntityTagList list = EntityTagList.parse(List.of("\"a\", abc", "d=="));
        assertThat(list.containsText("abc")).isTrue();
        assertThat(list.containsText("d==")).isTrue();
        assertThat(list.containsText("ABC")).isFalse();
        assertThat(list.containsText("ab")).isFalse();
        assertThat(list.containsWeakly(tag("\"abc\""))).isFalse();
    }

    private static EntityTag tag(String text) {
        return requireNonNull(EntityTag.parse(text));
    }
}
