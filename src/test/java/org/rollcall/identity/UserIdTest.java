package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|nothing",
        "DOMAIN\\alice|the character \\",
        "cn=a,ou=b|the character ,",
        "a\"b|the character \"",
        "a\tb|the character U+0009",
        "a\u2028b|the character U+2028",
        "__proto__|a name that every JavaScript object has",
      })
  void whatKeepsATextFromBeingAUserIdIsSaidWithoutTheText(String text, String fault) {
    assertThat(UserId.fault(text)).contains(fault);
    assertThat(UserId.isValid(text)).isFalse();
  }

  @Test
  void aUserIdHasALimit() {
    assertThat(UserId.fault("a".repeat(129))).contains("129 characters");
    assertThat(UserId.isValid("a".repeat(128))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "ada@example.org", "HOST/ada@EXAMPLE.ORG", "Ada Lovelace", "\u00e5"})
  void namesOfManyKindsAreUserIds(String text) {
    assertThat(UserId.fault(text)).isEmpty();
  }
}
