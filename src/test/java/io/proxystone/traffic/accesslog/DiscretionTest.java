package io.proxystone.traffic.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscretionTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a?b=c&d, /a?b=c&d",
        "/a?access_token=x, /a?access_token=***",
        "/a?b=c&Token=x&d=e, /a?b=c&Token=***&d=e",
        "/a?api_key=x;apikey=y;api-key=z, /a?api_key=***;apikey=***;api-key=***",
        "/a?key=x&password=y&secret=z&signature=s&sig=t, /a?key=***&password=***&secret=***&signature=***&sig=***",
        "/a?to%6ben=x, /a?to%6ben=***",
        "/a?token=a=b%26c, /a?token=***",
        "/a?token, /a?token",
        "/a?token=, /a?token=***",
        "/a?monkey=x&keyboard=y, /a?monkey=x&keyboard=y",
        "/a?x=?token=y, /a?x=?token=***",
        "http://u:p@h/a?b#id_token=x, http://***@h/a?b#id_token=***",
        "http://u:p@h/, http://***@h/",
        "/mail@home, /mail@home",
    })
    void valuesOfParametersThatCarryCredentialsAreMasked(String url, String shown) {
        assertThat(Discretion.mask(url)).isEqualTo(shown);
    }
}
