/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.pipelines.cli.RunnerDefaults;
import io.sluice.pipelines.cli.UsageException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Parses the file of a night and checks all of it before anything runs: its keys, the verbs, and
 * the options of each step as the verb itself would. All mistakes are reported at once, with lines.
 */
public final class NightFile {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "ledger",
          "parallel",
          "retries",
          "retryPause",
          "resumeWithin",
          "publish",
          "defaults",
          "verbs",
          "profiles",
          "tables",
          "onSuccess",
          "onFailure");
  private static final Set<String> KEYS_OF_TABLE = Set.of("after", "table", "profile", "steps");
  private static final Set<String> KEYS_OF_PROFILE = Set.of("defaults", "verbs");
  private static final Set<String> KEYS_OF_STEP = Set.of("retries", "retryPause");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,100}");
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration RESUME = Duration.ofHours(12);
  private static final List<String> PUBLISH = List.of("together", "each");

  private final FileErrors errors;
  private final YamlMap file;
  private final StepVerbs verbs;
  private final List<String> typed;
  private final @Nullable String profile;

  private NightFile(
      YamlMap file,
      FileErrors errors,
      StepVerbs verbs,
      List<String> typed,
      @Nullable String profile) {
    this.file = file;
    this.errors = errors;
    this.verbs = verbs;
    this.typed = typed;
    this.profile = profile;
  }

  /**
   * Parses a file.
   *
   * @param name of the file, for messages
   * @param profile whose options apply to all tables; null for none
   * @param typed arguments that all steps get whose verbs have them
   * @throws UsageException with all mistakes
   */
  public static Night parse(
      String name, String text, @Nullable String profile, List<String> typed) {
    FileErrors errors = new FileErrors(name);
    YamlMap file = YamlMap.parse(text, errors);
    // Without its keys there is nothing more to say.
    errors.throwIfAny();
    Night night =
        new NightFile(file, errors, StepVerbs.all(), typed, profile).night(hash(text, profile));
    errors.throwIfAny();
    return night;
  }

  /** Returns the defaults that are given for all steps, as arguments with one value each. */
  public static List<String> defaults(String name, String text) {
    FileErrors errors = new FileErrors(name);
    YamlMap defaults = YamlMap.parse(text, errors).map("defaults");
    List<String> arguments = new ArrayList<>();
    for (YamlMap.Entry entry : defaults.entries()) {
      YamlMap.texts(entry, errors)
          .forEach(value -> arguments.add("--" + entry.key() + "=" + value));
    }
    errors.throwIfAny();
    return arguments;
  }

  private static String hash(String text, @Nullable String profile) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.getBytes(UTF_8));
      if (profile != null) {
        digest.update((byte) 0);
        digest.update(profile.getBytes(UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Night night(String hash) {
    file.only("a night", KEYS);
    checkOptions(file);
    for (YamlMap.Entry entry : file.map("profiles").entries()) {
      YamlMap options = file.map("profiles").map(entry.key());
      options.only("a profile", KEYS_OF_PROFILE);
      checkOptions(options);
    }
    if (profile != null && file.map("profiles").entry(profile).isEmpty()) {
      errors.add(0, "--profile=" + profile + " is none of its profiles");
    }
    List<NightTable> tables = new ArrayList<>();
    for (YamlMap.Entry entry : file.map("tables").entries()) {
      tables.add(table(entry, YamlMap.of(entry.node(), entry.line(), entry.key(), errors)));
    }
    if (tables.isEmpty()) {
      errors.add(0, "tables is missing: give each table of the night its steps");
    }
    new HeldPlaces(errors).check(tables);
    file.text("ledger")
        .filter(place -> place.contains(","))
        .ifPresent(
            place -> file.wrong("ledger", "must have no comma: reports go there, by a list"));
    return new Night(
        name("name", "nightly"),
        required("ledger", "a folder for the ledgers of nights, such as s3://bucket/nights"),
        hash,
        file.number("parallel", 1, 1),
        file.duration("resumeWithin", RESUME),
        new TableOrder(tables, this::wrongAfter).ordered(),
        Hook.of("onSuccess", file),
        Hook.of("onFailure", file));
  }

  private String required(String key, String what) {
    Optional<String> text = file.text(key);
    if (text.isEmpty()) {
      errors.add(0, key + " is missing: give " + what);
    }
    return text.orElse("");
  }

  private String name(String key, String example) {
    String name = required(key, "a name for the night, such as " + example);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      file.wrong(key, "must be of letters, digits, '_', '-' and '.', 100 at most");
    }
    return name;
  }

  /** Checks the defaults, and the options by verb, of the file or of a profile. */
  private void checkOptions(YamlMap options) {
    for (YamlMap.Entry entry : options.map("defaults").entries()) {
      if (!verbs.know(entry.key())) {
        errors.add(entry.line(), entry.key() + " is an option of no verb");
      }
    }
    YamlMap byVerb = options.map("verbs");
    for (YamlMap.Entry entry : byVerb.entries()) {
      verb(entry).ifPresent(verb -> new StepOptions(verb, errors).check(byVerb.map(entry.key())));
    }
  }

  private Optional<StepVerbs.Known<?>> verb(YamlMap.Entry entry) {
    Optional<StepVerbs.Known<?>> verb = verbs.named(entry.key());
    if (verb.isEmpty()) {
      errors.add(entry.line(), entry.key() + " is no verb: " + verbs.names());
    }
    return verb;
  }

  private NightTable table(YamlMap.Entry entry, YamlMap table) {
    String name = entry.key();
    if (!NAME.matcher(name).matches()) {
      errors.add(entry.line(), name + " must be of letters, digits, '_', '-' and '.', 100 at most");
    }
    table.only("a table", KEYS_OF_TABLE);
    List<NightStep> steps = new ArrayList<>();
    for (YamlMap step : table.maps("steps")) {
      step(step, table, table.text("table").orElse(name)).ifPresent(steps::add);
    }
    return new NightTable(name, table.texts("after"), steps);
  }

  private Optional<NightStep> step(YamlMap step, YamlMap table, String tableName) {
    List<YamlMap.Entry> named =
        step.entries().stream().filter(entry -> !KEYS_OF_STEP.contains(entry.key())).toList();
    if (named.size() != 1) {
      errors.add(
          step.line(), "a step must have one verb, and no other keys but retries and retryPause");
      return Optional.empty();
    }
    YamlMap.Entry entry = named.get(0);
    return verb(entry).map(verb -> step(verb, entry, step, table, tableName));
  }

  private NightStep step(
      StepVerbs.Known<?> verb, YamlMap.Entry entry, YamlMap step, YamlMap table, String tableName) {
    StepOptions options = new StepOptions(verb, errors);
    options.set("table", tableName);
    addFrom(file, entry.key(), options);
    if (profile != null) {
      addFrom(file.map("profiles").map(profile), entry.key(), options);
    }
    for (String other : table.texts("profile")) {
      if (file.map("profiles").entry(other).isEmpty()) {
        table.wrong("profile", "names " + other + ", which is none of the profiles");
      }
      addFrom(file.map("profiles").map(other), entry.key(), options);
    }
    options.addAll(step.map(entry.key()));
    options.override(typed);
    String publishes = isTogether() ? options.publishes() : "";
    if (!publishes.isEmpty()) {
      options
          .takenByNight()
          .ifPresent(
              option ->
                  errors.add(
                      entry.line(),
                      option
                          + " goes with publish: each; here the night gives all of its snapshots"
                          + " one time, and publishes them together"));
    }
    List<String> ofJar = RunnerDefaults.load().defaults();
    options.checkTogether(ofJar, entry.line());
    return new NightStep(
        entry.key(),
        options.arguments(),
        options.shown(),
        publishes,
        options.canKeep(ofJar, file.text("ledger").orElse("")),
        options.canReport(),
        step.number("retries", file.number("retries", 0, 0), 0),
        step.duration("retryPause", file.duration("retryPause", PAUSE)),
        entry.line());
  }

  private void addFrom(YamlMap place, String verb, StepOptions options) {
    options.addDefaults(place.map("defaults"));
    options.addKnown(place.map("verbs").map(verb));
  }

  private boolean isTogether() {
    String publish = file.text("publish").orElse(PUBLISH.get(0));
    if (!PUBLISH.contains(publish)) {
      file.wrong("publish", "must be " + String.join(" or ", PUBLISH));
    }
    return publish.equals(PUBLISH.get(0));
  }

  private void wrongAfter(NightTable table, String problem) {
    YamlMap place = file.map("tables").map(table.name());
    errors.add(place.entry("after").map(YamlMap.Entry::line).orElse(0), problem);
  }
}
