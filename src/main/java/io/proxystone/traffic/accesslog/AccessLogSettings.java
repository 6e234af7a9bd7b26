package io.proxystone.traffic.accesslog;

/**
 * Where and how requests are logged.
 *
 * @param enabled whether they are
 * @param format the form of a line
 * @param file the file to append to; {@code stdout} for the standard output
 * @param queue the most lines that wait to be written; further ones are dropped and counted
 */
public record AccessLogSettings(boolean enabled, AccessLogFormat format, String file, int queue) {
    /** How {@link #file} names the standard output. */
    public static final String STDOUT = "stdout";

    public static final AccessLogSettings DEFAULT = new AccessLogSettings(true, AccessLogFormat.JSON, STDOUT, 65_536);
}
