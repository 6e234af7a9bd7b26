package io.proxystone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.camel.processor.errorhandler.DefaultErrorHandler;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Steps that are there to refuse do so without a stack trace per request. */
class RefusalLogTest {

    @Test
    void aThrottleThatRefusesLogsNoStackTrace() throws Exception {
        assertThat(logOf("""
                - throttle:
                    constant: {expression: "1"}
                    mode: TotalRequests
                    timePeriodMillis: "60000"
                    rejectExecution: true
                - setBody: {constant: ok}
                """)).isEmpty();
    }

    @Test
    void anOpenCircuitLogsNoStackTrace() throws Exception {
        assertThat(logOf("""
                - circuitBreaker:
                    resilience4jConfiguration: {slidingWindowSize: 1, minimumNumberOfCalls: 1}
                    steps:
                      - throwException: {exceptionType: java.util.concurrent.TimeoutException, message: slow}
                """)).isEmpty();
    }

    @Test
    void aStepThatFailsUnplannedIsLogged() throws Exception {
        assertThat(logOf("- throwException: {exceptionType: java.lang.IllegalArgumentException, message: oh}"))
                .isNotEmpty();
    }

    /** What Camel's error handler logs while a flow of these steps answers two requests, the second one refused. */
    private static List<ILoggingEvent> logOf(String steps) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(DefaultErrorHandler.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try (RunningGateway gateway = RunningGateway.with()
                .flow("refusing", RunningGateway.flow("refusing", "", steps))
                .start()) {
            gateway.get("/");
            assertThat(gateway.get("/").statusCode()).isGreaterThanOrEqualTo(500);
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list;
    }
}
