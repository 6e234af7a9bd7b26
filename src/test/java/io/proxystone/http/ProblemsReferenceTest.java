package io.proxystone.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.testing.Document;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/reference/problems.md has every kind of problem with its status. */
class ProblemsReferenceTest {

    @Test
    void everyProblemTypeStandsInTheReference() throws Exception {
        Map<String, List<String>> rows = Document.of("reference/problems.md").rows();
        assertThat(rows.keySet().stream().filter(key -> key.startsWith("urn:")))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
        for (ProblemType type : ProblemType.values()) {
            assertThat(rows.get(type.uri())).first().isEqualTo(Integer.toString(type.status()));
        }
    }
}
