/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.OptionCatalog;
import io.sluice.pipelines.cli.RunnerDefaults;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightFile;
import io.sluice.report.page.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a night.
 *
 * @param night what the file describes
 * @param ownArguments arguments for the night itself, with the defaults of the file
 * @param isDryRun whether it is only printed
 * @param startsOver whether a run that is not complete is left
 * @param page the file of the page of progress; null for none
 * @param template what is written instead of a run; null for a run
 */
record NightPlan(
    Night night,
    List<String> ownArguments,
    boolean isDryRun,
    boolean startsOver,
    @Nullable String page,
    @Nullable TemplatePlan template) {

  /**
   * A template to be written.
   *
   * @param source the file of the night
   * @param out the file of the template; null for the standard output
   */
  record TemplatePlan(String source, @Nullable String out) {}

  /** Options of the night that its steps do not get, although some have others of these names. */
  private static final Set<String> ITS_OWN =
      Set.of(
          "pipeline",
          "file",
          "profile",
          "dryRun",
          "startOver",
          "progress",
          "exitWithStdin",
          "template",
          "page",
          "planned",
          "out");

  /**
   * Reads the file, and checks all of it.
   *
   * @param typed arguments as they were typed
   * @throws UsageException with all errors
   */
  static NightPlan of(NightOptions options, List<String> typed) {
    String file = options.getFile();
    if (file == null) {
      throw new UsageException("the file is missing: give one, such as ./sluice night night.yaml");
    }
    if (options.getTemplate() == null && options.getOut() != null) {
      throw new UsageException("--out goes with --template");
    }
    boolean isOfARun = options.isDryRun() || options.isStartOver() || options.getPage() != null;
    if (options.getTemplate() != null && isOfARun) {
      throw new UsageException(
          "--template runs nothing: leave out --dryRun, --startOver and --page");
    }
    String page = options.getPage();
    if (page != null && !ReportPage.isPage(page)) {
      throw new UsageException("--page=" + page + " must name a file that ends in .html");
    }
    String text = read(file);
    // What the jar adds, each step gets from it, unless the file has something else.
    List<String> ofJar = RunnerDefaults.load().defaults();
    List<String> forSteps =
        typed.stream()
            .filter(argument -> !ITS_OWN.contains(nameOf(argument)) && !ofJar.contains(argument))
            .toList();
    Night night = NightFile.parse(file, text, options.getProfile(), forSteps);
    return new NightPlan(
        options.getPlanned() == null ? night : PlannedSteps.of(night, options.getPlanned()),
        complete(typed, NightFile.defaults(file, text)),
        options.isDryRun(),
        options.isStartOver(),
        page,
        options.getTemplate() == null ? null : new TemplatePlan(file, options.getOut()));
  }

  /** Adds the defaults of the file that the night knows and that were not typed. */
  private static List<String> complete(List<String> typed, List<String> defaults) {
    OptionCatalog catalog = OptionCatalog.of(NightOptions.class);
    Set<String> given = new HashSet<>(ITS_OWN);
    typed.forEach(argument -> given.add(nameOf(argument)));
    List<String> all = new ArrayList<>(typed);
    defaults.stream()
        .filter(argument -> catalog.knows(nameOf(argument)) && !given.contains(nameOf(argument)))
        .forEach(all::add);
    return all;
  }

  private static String nameOf(String argument) {
    return argument.substring(2).split("=", 2)[0];
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new UsageException("the file " + file + " does not exist");
    } catch (IOException | RuntimeException e) {
      throw new UsageException("the file " + file + " cannot be read: " + e.getMessage());
    }
  }
}
