package io.proxystone.engine;

import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.Resilience4jConfigurationCommon;
import org.apache.camel.model.Resilience4jConfigurationDefinition;
import org.apache.camel.reifier.ProcessorReifier;
import org.jspecify.annotations.Nullable;

/** Makes {@link AsyncCircuitBreaker}s of the {@code circuitBreaker} step as Camel's documentation describes it. */
final class CircuitBreakerReifier extends ProcessorReifier<CircuitBreakerDefinition> {

    /** The configurations a value may stand in, the one closest to the step first. */
    private final List<Resilience4jConfigurationCommon> configurations = new ArrayList<>();

    CircuitBreakerReifier(Route route, CircuitBreakerDefinition definition) {
        super(route, definition);
        addConfiguration(definition.getResilience4jConfiguration());
        Model model = camelContext.getCamelContextExtension().getContextPlugin(Model.class);
        String shared = parseString(definition.getConfiguration());
        if (shared != null) {
            Resilience4jConfigurationDefinition named = model.getResilience4jConfiguration(shared);
            addConfiguration(
                    named != null ? named : mandatoryLookup(shared, Resilience4jConfigurationDefinition.class));
        }
        addConfiguration(model.getResilience4jConfiguration(null));
    }

    private void addConfiguration(@Nullable Resilience4jConfigurationCommon configuration) {
        if (configuration != null) {
            configurations.add(configuration);
        }
    }

    @Override
    public Processor createProcessor() throws Exception {
        Processor steps = createChildProcessor(true);
        OnFallbackDefinition onFallback = definition.getOnFallback();
        Processor fallback = onFallback == null || onFallback.getOutputs().isEmpty()
                ? null
                : createOutputsProcessor(onFallback.getOutputs());
        AsyncCircuitBreaker breaker = new AsyncCircuitBreaker(
                breakerConfig(),
                isTrue(Resilience4jConfigurationCommon::getBulkheadEnabled, false) ? bulkheadConfig() : null,
                isTrue(Resilience4jConfigurationCommon::getTimeoutEnabled, false) ? timeLimiterConfig() : null,
                steps,
                fallback,
                isTrue(Resilience4jConfigurationCommon::getThrowExceptionWhenHalfOpenOrOpenState, true));
        breaker.setDisabled(isDisabled(camelContext, definition));
        String existing = text(Resilience4jConfigurationCommon::getCircuitBreaker);
        if (existing != null) {
            breaker.setCircuitBreaker(mandatoryLookup(existing, CircuitBreaker.class));
        }
        breaker.setCircuitBreakerRegistry(registry(CircuitBreakerRegistry.class, CircuitBreakerRegistry::ofDefaults));
        breaker.setBulkheadRegistry(registry(BulkheadRegistry.class, BulkheadRegistry::ofDefaults));
        breaker.setTimeLimiterRegistry(registry(TimeLimiterRegistry.class, TimeLimiterRegistry::ofDefaults));
        return breaker;
    }

    /** The registry that the context's breakers share, so that Camel's consoles see them all. */
    private <T> T registry(Class<T> type, Supplier<T> factory) {
        T registry = camelContext.getRegistry().findSingleByType(type);
        if (registry == null) {
            registry = camelContext.getCamelContextExtension().getContextPlugin(type);
        }
        if (registry == null) {
            registry = factory.get();
            camelContext.getCamelContextExtension().addContextPlugin(type, registry);
        }
        return registry;
    }

    private CircuitBreakerConfig breakerConfig() throws ClassNotFoundException {
        CircuitBreakerConfig.Builder config = CircuitBreakerConfig.custom();
        with(Resilience4jConfigurationCommon::getFailureRateThreshold, v -> config.failureRateThreshold(parseFloat(v)));
        with(
                Resilience4jConfigurationCommon::getSlowCallRateThreshold,
                v -> config.slowCallRateThreshold(parseFloat(v)));
        with(Resilience4jConfigurationCommon::getMinimumNumberOfCalls, v -> config.minimumNumberOfCalls(parseInt(v)));
        with(Resilience4jConfigurationCommon::getSlidingWindowSize, v -> config.slidingWindowSize(parseInt(v)));
        with(
                Resilience4jConfigurationCommon::getSlidingWindowType,
                v -> config.slidingWindowType(SlidingWindowType.valueOf(parseString(v))));
        with(
                Resilience4jConfigurationCommon::getPermittedNumberOfCallsInHalfOpenState,
                v -> config.permittedNumberOfCallsInHalfOpenState(parseInt(v)));
        with(
                Resilience4jConfigurationCommon::getAutomaticTransitionFromOpenToHalfOpenEnabled,
                v -> config.automaticTransitionFromOpenToHalfOpenEnabled(parseBoolean(v)));
        with(
                Resilience4jConfigurationCommon::getWritableStackTraceEnabled,
                v -> config.writableStackTraceEnabled(parseBoolean(v)));
        with(
                Resilience4jConfigurationCommon::getSlowCallDurationThreshold,
                v -> config.slowCallDurationThreshold(Duration.ofSeconds(parseLong(v))));
        with(
                Resilience4jConfigurationCommon::getWaitDurationInOpenState,
                v -> config.waitDurationInOpenState(Duration.ofSeconds(parseLong(v))));
        Predicate<Throwable> recorded = anyOf(Resilience4jConfigurationCommon::getRecordExceptions);
        if (recorded != null) {
            config.recordException(recorded);
        }
        Predicate<Throwable> ignored = anyOf(Resilience4jConfigurationCommon::getIgnoreExceptions);
        if (ignored != null) {
            config.ignoreException(ignored);
        }
        return config.build();
    }

    private BulkheadConfig bulkheadConfig() {
        BulkheadConfig.Builder config = BulkheadConfig.custom();
        with(
                Resilience4jConfigurationCommon::getBulkheadMaxConcurrentCalls,
                v -> config.maxConcurrentCalls(parseInt(v)));
        // Who finds the bulkhead full is told so: waiting for a place is what a breaker must not do here.
        return config.maxWaitDuration(Duration.ZERO).build();
    }

    private TimeLimiterConfig timeLimiterConfig() {
        TimeLimiterConfig.Builder config = TimeLimiterConfig.custom();
        with(
                Resilience4jConfigurationCommon::getTimeoutDuration,
                v -> config.timeoutDuration(Duration.ofMillis(parseLong(v))));
        return config.build();
    }

    private @Nullable Predicate<Throwable> anyOf(
            Function<Resilience4jConfigurationCommon, @Nullable List<String>> property) throws ClassNotFoundException {
        List<Class<Throwable>> types = new ArrayList<>();
        for (Resilience4jConfigurationCommon configuration : configurations) {
            List<String> names = property.apply(configuration);
            if (names != null && types.isEmpty()) {
                for (String name : names) {
                    types.add(
                            camelContext.getClassResolver().resolveMandatoryClass(parseString(name), Throwable.class));
                }
            }
        }
        return types.isEmpty() ? null : failure -> isInChain(failure, types);
    }

    private static boolean isInChain(Throwable failure, List<Class<Throwable>> types) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<Throwable> type : types) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable String text(Function<Resilience4jConfigurationCommon, @Nullable String> property) {
        for (Resilience4jConfigurationCommon configuration : configurations) {
            String value = property.apply(configuration);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private void with(Function<Resilience4jConfigurationCommon, @Nullable String> property, Consumer<String> action) {
        String value = text(property);
        if (value != null) {
            action.accept(value);
        }
    }

    private boolean isTrue(Function<Resilience4jConfigurationCommon, @Nullable String> property, boolean otherwise) {
        String value = text(property);
        return value == null ? otherwise : parseBoolean(value, otherwise);
    }
}
