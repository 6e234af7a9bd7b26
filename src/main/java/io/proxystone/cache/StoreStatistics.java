package io.proxystone.cache;

/**
 * What a store holds and has done since it was opened.
 *
 * @param responses the responses it holds
 * @param octets the octets they take, heads and overhead included
 * @param capacity the octets they may take
 * @param hits look-ups that found something
 * @param misses look-ups that found nothing
 * @param stored responses committed
 * @param evicted responses removed for want of room or time
 * @param failures operations that failed, each of which was a miss or a response not stored
 */
public record StoreStatistics(
        long responses, long octets, long capacity, long hits, long misses, long stored, long evicted, long failures) {}
