/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options that a pipeline accepts, read from the declarations of its options interface. */
public final class OptionCatalog {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  /**
   * One option.
   *
   * @param type the type of its value
   * @param choices the values that it accepts; empty for all values of its type
   * @param heading where the help lists it; null for an option of Beam, which the help leaves out
   * @param defaultText its default as it is typed; empty for none
   * @param isPrivate whether its value is not repeated in a message
   */
  record Option(
      String name,
      Class<?> type,
      List<String> choices,
      Group.@Nullable Heading heading,
      String description,
      String defaultText,
      boolean isPrivate) {

    boolean isFlag() {
      return type == boolean.class || type == Boolean.class;
    }

    boolean isOurs() {
      return heading != null;
    }
  }

  /** Those of Beam whose values may have a key or a password, which it does not mark. */
  private static final Set<String> PRIVATE_OF_BEAM =
      Set.of("awsCredentialsProvider", "proxyConfiguration", "SSECustomerKey");

  private final Map<String, Option> options = new TreeMap<>();

  private OptionCatalog() {}

  /**
   * Returns the options of this interface, and all options of Beam and of the runner on the
   * classpath.
   */
  public static OptionCatalog of(Class<? extends PipelineOptions> type) {
    OptionCatalog catalog = new OptionCatalog();
    // It is not registered with Beam: in one JVM, verbs may have options of one name and other
    // types.
    Stream.concat(
            PipelineOptionsFactory.getRegisteredOptions().stream()
                .filter(each -> !SluiceOptions.class.isAssignableFrom(each)),
            Stream.of(type))
        .flatMap(each -> Arrays.stream(each.getMethods()))
        .forEach(catalog::add);
    return catalog;
  }

  private void add(Method method) {
    String name = method.getName();
    boolean is = name.startsWith("is") && method.getReturnType() == boolean.class;
    if (method.getParameterCount() == 0 && (is || name.startsWith("get"))) {
      String property = Introspector.decapitalize(name.substring(is ? 2 : 3));
      Group group = method.getAnnotation(Group.class);
      Description description = method.getAnnotation(Description.class);
      OneOf.Values values = values(method.getAnnotation(OneOf.class));
      options.put(
          property,
          new Option(
              property,
              method.getReturnType(),
              choices(method, values),
              group == null ? null : group.value(),
              (description == null ? "" : description.value())
                  + (values == null ? "" : " " + values.about()),
              defaultOf(method),
              method.isAnnotationPresent(JsonIgnore.class) || PRIVATE_OF_BEAM.contains(property)));
    }
  }

  private static OneOf.@Nullable Values values(@Nullable OneOf oneOf) {
    try {
      return oneOf == null ? null : oneOf.value().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(oneOf.value() + " cannot be made", e);
    }
  }

  private static List<String> choices(Method method, OneOf.@Nullable Values values) {
    if (values != null) {
      return values.names();
    }
    Class<?> type = method.getReturnType();
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(Object::toString).toList()
        : List.of();
  }

  private static String defaultOf(Method method) {
    if (method.isAnnotationPresent(Default.String.class)) {
      return method.getAnnotation(Default.String.class).value();
    }
    if (method.isAnnotationPresent(Default.Enum.class)) {
      return method.getAnnotation(Default.Enum.class).value();
    }
    if (method.isAnnotationPresent(Default.Integer.class)) {
      return Integer.toString(method.getAnnotation(Default.Integer.class).value());
    }
    if (method.isAnnotationPresent(Default.Long.class)) {
      return Long.toString(method.getAnnotation(Default.Long.class).value());
    }
    if (method.isAnnotationPresent(Default.Double.class)) {
      return Double.toString(method.getAnnotation(Default.Double.class).value());
    }
    return "";
  }

  /** Whether an argument gives one of our options. */
  public boolean isOwn(String argument) {
    return argument.startsWith("--")
        && named(argument.substring(2).split("=", 2)[0]).filter(Option::isOurs).isPresent();
  }

  /** Whether there is an option of this name, ours or one of Beam or the runner. */
  public boolean knows(String name) {
    return options.containsKey(name);
  }

  /** Whether an option may be given several times, each time with one of its values. */
  public boolean isList(String name) {
    return named(name).filter(option -> option.type() == List.class).isPresent();
  }

  /** Returns an argument to be shown, without the value of an option that has a secret. */
  public String shown(String argument) {
    int equals = argument.indexOf('=');
    boolean isPrivate =
        equals > 0 && named(argument.substring(2, equals)).filter(Option::isPrivate).isPresent();
    return isPrivate ? argument.substring(0, equals) + "=..." : argument;
  }

  Optional<Option> named(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** Returns the option with the most similar name; ours are preferred to Beam's. */
  String nearest(String name) {
    return options.values().stream()
        .min(
            Comparator.comparing((Option option) -> distance(name, option.name()))
                .thenComparing(option -> !option.isOurs()))
        .orElseThrow()
        .name();
  }

  private static int distance(String a, String b) {
    return DISTANCE.apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }

  /** Returns our options under a heading, in the order of their names. */
  List<Option> under(Group.Heading heading) {
    List<Option> under = new ArrayList<>();
    for (Option option : options.values()) {
      if (option.heading() == heading) {
        under.add(option);
      }
    }
    return under;
  }
}
