/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.cli.OptionErrors;
import java.beans.Introspector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Tells which options of reading are given, and checks those that are valid for some formats only,
 * as {@link ForFormats} declares.
 */
public final class FormatOptions {
  private static final SourceOptions DEFAULTS = PipelineOptionsFactory.as(SourceOptions.class);

  /** The headings of options that say how files are read. */
  private static final Set<Group.Heading> OF_FILES =
      Set.of(Group.Heading.INPUT, Group.Heading.CSV, Group.Heading.TEXT);

  /** The headings of options that decide which items files become. */
  private static final Set<Group.Heading> OF_ITEMS =
      Set.of(Group.Heading.INPUT, Group.Heading.CSV, Group.Heading.TEXT, Group.Heading.KEYS);

  private FormatOptions() {}

  /** Returns, for each format, the options that are not valid for it. */
  static Map<FileFormat, OptionErrors> misfits(SourceOptions options) {
    Map<FileFormat, OptionErrors> misfits = new EnumMap<>(FileFormat.class);
    for (FileFormat format : FileFormat.values()) {
      OptionErrors problems = new OptionErrors();
      check(format, options, problems);
      misfits.put(format, problems);
    }
    return misfits;
  }

  /** Adds a problem for each given option that is not valid for the format. */
  static void check(FileFormat format, SourceOptions options, OptionErrors problems) {
    if (format.definition().takesAllOptions()) {
      return;
    }
    given(options)
        .forEach(
            (name, formats) -> {
              if (!formats.contains(format)) {
                problems.add(
                    "--%s goes with --format=%s"
                        .formatted(
                            name,
                            formats.stream().map(Enum::name).collect(Collectors.joining(" or "))));
              }
            });
    if (!format.definition().hasTypes() && options.getOrderBy() != null) {
      checkOrder(options, problems);
    }
  }

  /** Returns the given options that are valid for some formats only, each with those, by name. */
  public static SortedMap<String, List<FileFormat>> given(SourceOptions options) {
    SortedMap<String, List<FileFormat>> given = new TreeMap<>();
    for (Method getter : SourceOptions.class.getMethods()) {
      ForFormats formats = getter.getAnnotation(ForFormats.class);
      if (formats != null && isGiven(getter, options)) {
        given.put(name(getter), List.of(formats.value()));
      }
    }
    return given;
  }

  /** Whether an option has another value than its default. */
  public static boolean isGiven(String option, SourceOptions options) {
    return Arrays.stream(SourceOptions.class.getMethods())
        .filter(getter -> getter.getParameterCount() == 0 && name(getter).equals(option))
        .anyMatch(getter -> isGiven(getter, options));
  }

  private static boolean isGiven(Method getter, SourceOptions options) {
    return !Objects.equals(value(getter, options), value(getter, DEFAULTS));
  }

  /** Returns the values of the given options that decide which items files become, by name. */
  public static SortedMap<String, String> valuesOf(SourceOptions options) {
    SortedMap<String, String> values = new TreeMap<>();
    for (Method getter : SourceOptions.class.getDeclaredMethods()) {
      Group group = getter.getAnnotation(Group.class);
      if (group != null && OF_ITEMS.contains(group.value()) && isGiven(getter, options)) {
        values.put(name(getter), String.valueOf(value(getter, options)));
      }
    }
    return values;
  }

  /** Adds a problem for each given option of files: the source is a database. */
  static void refuseOfFiles(SourceOptions options, OptionErrors problems) {
    refuse(
        SourceOptions.class,
        OF_FILES,
        "--%s is for files, and --source=JDBC reads a database",
        options,
        problems);
  }

  /** Adds a problem for each given option of a database: the source is files. */
  static void refuseOfDatabase(SourceOptions options, OptionErrors problems) {
    refuse(
        JdbcOptions.class,
        Set.of(Group.Heading.DATABASE),
        "--%s goes with --source=JDBC",
        options,
        problems);
  }

  private static void refuse(
      Class<?> owner,
      Set<Group.Heading> headings,
      String problem,
      SourceOptions options,
      OptionErrors problems) {
    Arrays.stream(owner.getDeclaredMethods())
        .filter(getter -> getter.isAnnotationPresent(Group.class))
        .filter(getter -> headings.contains(getter.getAnnotation(Group.class).value()))
        .filter(getter -> isGiven(getter, options))
        .map(FormatOptions::name)
        .sorted()
        .forEach(name -> problems.add(problem.formatted(name)));
  }

  private static String name(Method getter) {
    return Introspector.decapitalize(getter.getName().replaceFirst("^(get|is)", ""));
  }

  private static Object value(Method getter, SourceOptions options) {
    try {
      return getter.invoke(options);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read --" + name(getter), e);
    }
  }

  /** Requires a type: as text, 9 is after 10, so the comparison must be specified. */
  private static void checkOrder(SourceOptions options, OptionErrors problems) {
    String prefix = options.getOrderBy() + ":";
    List<String> columns = options.getColumns() == null ? List.of() : options.getColumns();
    if (columns.stream().noneMatch(column -> column.strip().startsWith(prefix))) {
      problems.add(
          "--orderBy=%s needs a type in --columns: %sN to compare numbers, %sS to compare text"
              .formatted(options.getOrderBy(), prefix, prefix));
    }
  }
}
