/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of every runner's jar: {@code --pipeline=import} and the options of that pipeline.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  /** A pipeline, its options, and how it is run. */
  @SuppressWarnings("ImmutableEnumChecker") // What it runs are functions without state.
  private enum Verb {
    IMPORT(
        "loads files into a DynamoDB table",
        ImportOptions.class,
        o -> ImportPipeline.run(o.as(ImportOptions.class))),
    VERIFY(
        "compares files with what a DynamoDB table holds",
        VerifyOptions.class,
        o -> VerifyPipeline.run(o.as(VerifyOptions.class))),
    EXPORT(
        "publishes the items of a DynamoDB table as a snapshot of files",
        ExportOptions.class,
        o -> ExportPipeline.run(o.as(ExportOptions.class))),
    QUERY(
        "asks exported snapshots in SQL",
        QueryOptions.class,
        o -> Query.run(o.as(QueryOptions.class))),
    DEMO(
        "imports a made-up file into an embedded DynamoDB, exports it and queries that",
        SluiceOptions.class,
        o -> Demo.run(o.as(SluiceOptions.class)));

    private final String about;
    private final Class<? extends PipelineOptions> options;
    private final ToIntFunction<PipelineOptions> run;

    Verb(
        String about,
        Class<? extends PipelineOptions> options,
        ToIntFunction<PipelineOptions> run) {
      this.about = about;
      this.options = options;
      this.run = run;
    }

    static Verb named(String name) {
      for (Verb verb : values()) {
        if (verb.typed().equalsIgnoreCase(name)) {
          return verb;
        }
      }
      throw new UsageException("--pipeline=" + name + " must be " + names());
    }

    static String names() {
      return Arrays.stream(values()).map(Verb::typed).collect(Collectors.joining(", "));
    }

    String typed() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Main() {}

  /** Exits with 0 when all is well, else as {@link ExitCode} says. */
  public static void main(String[] args) {
    int code = run(args);
    if (code != ExitCode.OK) {
      Ending.with(code);
    }
  }

  /** Runs a pipeline and tells of a failure in one line; gives the exit code. */
  static int run(String[] args) {
    return Terminal.guard(() -> runGuarded(args));
  }

  private static int runGuarded(String[] args) {
    try {
      List<String> arguments = Profile.load().complete(args);
      Verb verb = Verb.named(pipelineOf(arguments));
      OptionCatalog catalog = OptionCatalog.of(verb.options);
      if (arguments.contains("--help") || arguments.contains("--help=" + verb.typed())) {
        System.out.print(Help.of(verb.typed(), verb.about, catalog));
        return ExitCode.OK;
      }
      return verb.run.applyAsInt(parse(named(verb, arguments), verb.options, catalog));
    } catch (UsageException e) {
      e.problems().forEach(problem -> System.err.println("sluice: " + problem));
      return ExitCode.USAGE;
    } catch (JobException e) {
      System.err.println("sluice: " + e.getMessage());
      LOG.debug("The job failed", e);
      return ExitCode.FAILED;
    } catch (Error e) {
      System.err.println("sluice: the job failed: " + Causes.oneLine(e));
      LOG.debug("The job failed", e);
      return ExitCode.FAILED;
    }
  }

  static String[] withPipeline(String verb, String[] args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add(0, "--pipeline=" + verb);
    return all.toArray(String[]::new);
  }

  /** A query is typed as it is: it becomes the option that it stands for. */
  private static List<String> named(Verb verb, List<String> arguments) {
    return verb == Verb.QUERY
        ? arguments.stream()
            .map(argument -> argument.startsWith("--") ? argument : "--sql=" + argument)
            .toList()
        : arguments;
  }

  private static String pipelineOf(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith("--pipeline="))
        .reduce((first, last) -> last)
        .map(argument -> argument.substring("--pipeline=".length()))
        .orElseThrow(() -> new UsageException("--pipeline is missing: give " + Verb.names()));
  }

  /** All that is wrong is told at once, so what can be parsed is parsed and looked at too. */
  private static PipelineOptions parse(
      List<String> arguments, Class<? extends PipelineOptions> type, OptionCatalog catalog) {
    Arguments checked = Arguments.check(arguments, catalog);
    List<String> problems = new ArrayList<>(checked.problems());
    try {
      PipelineOptions options =
          PipelineOptionsFactory.fromArgs(checked.good().toArray(String[]::new))
              .withValidation()
              .as(type);
      if (problems.isEmpty()) {
        return options;
      }
      if (options instanceof ImportOptions imports) {
        ImportPlan.of(imports);
      } else if (options instanceof ExportOptions export) {
        ExportPlan.of(export);
      } else if (options instanceof VerifyOptions verification) {
        SourcePlan.of(verification, new Problems());
      }
    } catch (UsageException e) {
      e.problems().stream()
          .filter(problem -> !isConsequence(problem, arguments))
          .forEach(problems::add);
    } catch (IllegalArgumentException e) {
      // Of Beam's, the outermost says which option it is.
      problems.add(String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong options"));
    }
    throw new UsageException(problems);
  }

  /** Whether an option is only missing because its value was wrong, which is told already. */
  private static boolean isConsequence(String problem, List<String> arguments) {
    return arguments.stream()
        .map(argument -> argument.split("=", 2)[0])
        .anyMatch(name -> problem.startsWith(name + " is missing"));
  }
}
