package io.proxystone.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proxystone.config.Finding;
import io.proxystone.config.InvalidFilesException;
import io.proxystone.edge.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.CatalogCamelContext;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in a user's terms why Camel could not make flows of files: where it is, and what is allowed there. */
final class FlowDiagnosis {
    private static final Pattern UNKNOWN_PARAMETERS = Pattern.compile("Unknown parameters=\\[\\{([^=}]+)=");
    private static final Pattern BAD_VALUE = Pattern.compile("Error binding property \\(([^=]+)=(.*?)\\) with name");
    private static final Pattern YAML_POSITION = Pattern.compile("in (.+?), line (\\d+), column \\d+");
    private static final Pattern MISSING_PROPERTY = Pattern.compile("Property with key \\[([^]]+)] not found");
    private static final Pattern NAMED_PARAMETER = Pattern.compile("([A-Za-z]+): (.+)");
    private static final int MAX_CHAIN = 20;

    private final FlowSource source;
    private final @Nullable CamelContext context;

    FlowDiagnosis(FlowSource source, @Nullable CamelContext context) {
        this.source = source;
        this.context = context;
    }

    InvalidFilesException of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable cause : chain) {
            if (cause instanceof MarkedYamlEngineException yaml) {
                return new InvalidFilesException(ofYaml(yaml));
            }
        }
        String route = route(chain);
        for (Throwable cause : chain) {
            Finding named = ofNamed(cause, route);
            if (named != null) {
                return new InvalidFilesException(named);
            }
        }
        for (Throwable cause : chain) {
            if (cause instanceof ResolveEndpointFailedException || cause instanceof NoSuchEndpointException) {
                return new InvalidFilesException(ofEndpoint(cause, chain, route));
            }
        }
        Throwable root = chain.get(chain.size() - 1);
        FlowText.Place place = route == null ? FlowText.Place.UNKNOWN : new FlowText(source).ofRoute(route);
        return new InvalidFilesException(finding(place, route, message(root)));
    }

    /** A failure that says itself what in the files it is about. */
    private @Nullable Finding ofNamed(Throwable cause, @Nullable String route) {
        FlowText text = new FlowText(source);
        Matcher property = MISSING_PROPERTY.matcher(String.valueOf(cause.getMessage()));
        if (cause instanceof IllegalArgumentException && property.find()) {
            String key = property.group(1);
            String variable = key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            return finding(
                    text.ofText("{{" + key, route),
                    key,
                    "no such property; set it in application.properties or as the environment variable " + variable
                            + ", or give it a default: {{" + key + ":default}}");
        }
        if (cause instanceof Router.DuplicateFlowException duplicate) {
            return finding(text.ofRoute(duplicate.flow()), duplicate.flow(), message(cause));
        }
        if (cause instanceof NoSuchBeanException bean) {
            return finding(text.ofText(bean.getName(), route), bean.getName(), "no bean has this name");
        }
        if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
            String name = message(cause);
            return finding(text.ofText(name, route), name, "no class of this name is on the class path");
        }
        if (cause instanceof ExpressionIllegalSyntaxException syntax) {
            String expression = syntax.getExpression();
            return finding(
                    text.ofText(expression, route), expression, message(cause).strip());
        }
        return null;
    }

    private Finding ofYaml(MarkedYamlEngineException yaml) {
        int line = yaml.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
        String text = String.valueOf(yaml.getMessage());
        Matcher position = YAML_POSITION.matcher(text);
        String file = position.find() ? position.group(1) : source.names().get(0);
        String problem = yaml.getProblem() == null ? text.lines().findFirst().orElse(text) : yaml.getProblem();
        if (problem.startsWith("Unknown node id: ") || problem.startsWith("Unsupported field: ")) {
            String key = problem.substring(problem.indexOf(": ") + 2);
            return new Finding(
                    file, line, key, YamlDsl.explain(problem.startsWith("Unknown"), key, source.text(file), line));
        }
        return new Finding(file, line, null, problem);
    }

    private Finding ofEndpoint(Throwable cause, List<Throwable> chain, @Nullable String route) {
        String uri = cause instanceof ResolveEndpointFailedException resolve
                ? resolve.getUri()
                : ((NoSuchEndpointException) cause).getUri();
        FlowText text = new FlowText(source);
        FlowText.Place place = text.ofUri(uri, route);
        String scheme = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
        if (cause instanceof NoSuchEndpointException) {
            return finding(
                    place,
                    key(place, uri),
                    "no component is named '" + scheme
                            + "'; allowed are Camel's components whose jar is on the class path");
        }
        String message =
                chain.stream().map(each -> String.valueOf(each.getMessage())).reduce("", (a, b) -> a + "\n" + b);
        Matcher unknown = UNKNOWN_PARAMETERS.matcher(message);
        if (unknown.find()) {
            String key = unknown.group(1).strip();
            return finding(
                    text.ofParameter(key, uri, route),
                    key,
                    "unknown parameter of " + scheme + "; allowed: " + String.join(", ", parameters(scheme)));
        }
        Matcher badValue = BAD_VALUE.matcher(message);
        if (badValue.find()) {
            String key = badValue.group(1).strip();
            return finding(
                    text.ofParameter(key, uri, route),
                    key,
                    "'" + badValue.group(2) + "' is not allowed; " + type(scheme, key));
        }
        for (Throwable each : chain) {
            Matcher named = NAMED_PARAMETER.matcher(message(each));
            if (named.matches() && parameters(scheme).contains(named.group(1))) {
                return finding(text.ofParameter(named.group(1), uri, route), named.group(1), named.group(2));
            }
        }
        return finding(place, key(place, uri), message(chain.get(chain.size() - 1)));
    }

    /** What the user wrote there, rather than what Camel made of it. */
    private static String key(FlowText.Place place, String uri) {
        return place.text() == null ? uri : place.text();
    }

    private Finding finding(FlowText.Place place, @Nullable String key, String message) {
        String file = place.file() != null
                ? place.file()
                : source.names().size() == 1 ? source.names().get(0) : "flows";
        return new Finding(file, place.line(), key, message);
    }

    private static String message(Throwable root) {
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }

    private List<String> parameters(String scheme) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> option :
                schema(scheme).path("properties").properties()) {
            if (option.getValue().path("kind").asText().equals("parameter")) {
                names.add(option.getKey());
            }
        }
        return names;
    }

    private String type(String scheme, String key) {
        JsonNode option = schema(scheme).path("properties").path(key);
        List<String> values = new ArrayList<>();
        option.path("enum").forEach(value -> values.add(value.asText()));
        return values.isEmpty()
                ? "allowed: " + option.path("type").asText("another value")
                : "allowed: " + String.join(", ", values);
    }

    private JsonNode schema(String scheme) {
        try {
            String json =
                    context == null ? null : ((CatalogCamelContext) context).getComponentParameterJsonSchema(scheme);
            return json == null ? new ObjectMapper().createObjectNode() : new ObjectMapper().readTree(json);
        } catch (IOException e) {
            return new ObjectMapper().createObjectNode();
        }
    }

    private static @Nullable String route(List<Throwable> chain) {
        for (Throwable cause : chain) {
            if (cause instanceof FailedToCreateRouteException create) {
                return create.getRouteId();
            }
            if (cause instanceof FailedToStartRouteException start) {
                return start.getRouteId();
            }
        }
        return null;
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && chain.size() < MAX_CHAIN; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
