/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the parts of a template, as maps and lists that are written as JSON. */
final class Json {
  private Json() {}

  /** Makes an object of keys and values in turns. */
  static Map<String, Object> of(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return object;
  }

  static Map<String, Object> ref(String name) {
    return of("Ref", name);
  }

  static Map<String, Object> arnOf(String resource) {
    return of("Fn::GetAtt", List.of(resource, "Arn"));
  }

  /** Makes a text in which CloudFormation replaces names in ${}. */
  static Map<String, Object> sub(String text) {
    return of("Fn::Sub", text);
  }

  /** Makes a text mean itself within {@link #sub}. */
  static String literal(String text) {
    return text.replace("${", "${!");
  }

  /** Makes a part of the name of a resource, which has only letters and digits. */
  static String word(String text) {
    StringBuilder word = new StringBuilder();
    for (String part : text.split("[^a-zA-Z0-9]+", -1)) {
      if (!part.isEmpty()) {
        word.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return word.toString();
  }

  /** Makes a policy of statements that are written as JSON. */
  static Map<String, Object> policy(Object... statements) {
    return of("Version", "2012-10-17", "Statement", List.of(statements));
  }

  /** Lets a service assume a role. */
  static Map<String, Object> trust(String service, Map<String, Object> condition) {
    return policy(
        of(
            "Effect",
            "Allow",
            "Principal",
            of("Service", service),
            "Action",
            "sts:AssumeRole",
            "Condition",
            condition));
  }
}
