package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.bson.BsonRegularExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "abc,    ^abc\\z",
                "abc%,   ^abc",
                "%abc,   abc\\z",
                "%abc%,  abc",
                "%,      ^",
                "``,     ^\\z",
                "a_c,    ^a.c\\z",
                "a.c*,   ^a\\.c\\*\\z",
                "a%b%,   ^a.*b",
                "[x](y), ^\\[x\\]\\(y\\)\\z",
                "50!%,   ^50%\\z",
                "a!_b,   ^a_b\\z",
                "a!!%,   ^a!"
            })
    void keepsTheAnchorThatAnIndexNeeds(String pattern, String regex) {
        assertThat(LikePattern.regex(pattern, Optional.of('!'))).isEqualTo(new BsonRegularExpression(regex, "s"));
    }

    @Test
    void refusesWhatARegularExpressionCannotHold() {
        assertThatThrownBy(() -> LikePattern.regex("a\0b", Optional.empty())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> LikePattern.regex("a!", Optional.of('!'))).isInstanceOf(Refused.class);
    }
}
