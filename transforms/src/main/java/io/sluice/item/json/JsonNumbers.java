/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

/** Finds numbers, spelt as JSON allows. */
final class JsonNumbers {
  private JsonNumbers() {}

  /**
   * Returns where a number ends, whatever follows it; -1 when none begins here.
   *
   * @param from where the number begins
   * @param end of the JSON
   */
  static int end(byte[] json, int from, int end) {
    int whole = from < end && json[from] == '-' ? from + 1 : from;
    int at = digits(json, whole, end);
    if (at == whole || (json[whole] == '0' && at > whole + 1)) {
      return -1;
    }
    if (at < end && json[at] == '.') {
      int fraction = at + 1;
      at = digits(json, fraction, end);
      if (at == fraction) {
        return -1;
      }
    }
    if (at < end && (json[at] == 'e' || json[at] == 'E')) {
      int sign = at + 1;
      int exponent = sign < end && (json[sign] == '-' || json[sign] == '+') ? sign + 1 : sign;
      at = digits(json, exponent, end);
      return at == exponent ? -1 : at;
    }
    return at;
  }

  /** Returns where the digits that begin here end. */
  private static int digits(byte[] json, int from, int end) {
    int at = from;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    return at;
  }
}
