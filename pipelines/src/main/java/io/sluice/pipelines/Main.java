/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.pipelines.cli.Arguments;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.Ending;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Help;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.JobName;
import io.sluice.pipelines.cli.OptionCatalog;
import io.sluice.pipelines.cli.ProgressLines;
import io.sluice.pipelines.cli.RunnerDefaults;
import io.sluice.pipelines.cli.Terminal;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.cli.Verb;
import io.sluice.pipelines.cli.Verbs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.LoggerFactory;

/**
 * The main class of every runner's jar: {@code --pipeline=import} and the options of that pipeline.
 */
public final class Main {
  /** Every cluster has it, and the jars for clusters have not. */
  private static final String OF_A_CLUSTER = "org.slf4j.Logger";

  private Main() {}

  /** Exits with the code of the pipeline: see {@link ExitCode}. */
  public static void main(String[] args) {
    int code = hasEngine() ? run(args) : Terminal.guard(Main::withoutEngine);
    if (code != ExitCode.OK) {
      Ending.with(code);
    }
  }

  private static boolean hasEngine() {
    try {
      Class.forName(OF_A_CLUSTER, false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static int withoutEngine(Console console) {
    console.tell(
        "this jar leaves the engine to a cluster: submit it by flink run or spark-submit,"
            + " as src/docs/cluster.md shows, or run ./sluice on this machine");
    return ExitCode.USAGE;
  }

  /** Runs a pipeline and reports a failure in one line; returns the exit code. */
  static int run(String[] args) {
    return Terminal.guard(console -> run(args, console));
  }

  private static int run(String[] args, Console console) {
    try {
      List<String> arguments = RunnerDefaults.load().complete(args);
      return run(Verbs.named(pipelineOf(arguments), Verbs.all()), arguments, console);
    } catch (UsageException e) {
      e.problems().forEach(console::tell);
      return ExitCode.USAGE;
    } catch (JobException e) {
      console.tell(e.getMessage());
      debug(e);
      return ExitCode.FAILED;
    } catch (Error e) {
      console.tell("the job failed: " + UserMessages.oneLine(e));
      debug(e);
      return ExitCode.FAILED;
    }
  }

  /** The logger is none of this class's fields: there may be no class for it. */
  private static void debug(Throwable failure) {
    LoggerFactory.getLogger(Main.class).debug("The job failed", failure);
  }

  private static <O extends PipelineOptions> int run(
      Verb<O> verb, List<String> arguments, Console console) {
    OptionCatalog catalog = OptionCatalog.of(verb.options());
    if (arguments.contains("--help") || arguments.contains("--help=" + verb.name())) {
      console.out().print(Help.of(verb.name(), verb.about(), catalog));
      return ExitCode.OK;
    }
    if (verb.isOuter()) {
      Map<Boolean, List<String>> byOwn =
          arguments.stream().collect(Collectors.partitioningBy(catalog::isOwn));
      return verb.run(Arguments.parse(byOwn.get(true), verb, catalog), byOwn.get(false), console);
    }
    List<String> named = verb.namedAll(arguments);
    O options = Arguments.parse(named, verb, catalog);
    JobName.set(options, verb.name(), named);
    Ending.withInputIfWanted(named);
    return ProgressLines.around(
        verb.name(), options, console, () -> verb.run(options, named, console));
  }

  private static String pipelineOf(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith("--pipeline="))
        .reduce((first, last) -> last)
        .map(argument -> argument.substring("--pipeline=".length()))
        .orElseThrow(
            () -> new UsageException("--pipeline is missing: give " + Verbs.names(Verbs.all())));
  }
}
