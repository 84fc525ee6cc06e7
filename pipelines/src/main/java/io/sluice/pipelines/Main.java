package io.sluice.pipelines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
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
  private enum Verb {
    IMPORT(ImportOptions.class, o -> ImportPipeline.run(o.as(ImportOptions.class))),
    DEMO(SluiceOptions.class, o -> Demo.run(o.as(SluiceOptions.class)));

    private final Class<? extends PipelineOptions> options;
    private final ToIntFunction<PipelineOptions> run;

    Verb(Class<? extends PipelineOptions> options, ToIntFunction<PipelineOptions> run) {
      this.options = options;
      this.run = run;
    }

    static Verb named(String name) {
      for (Verb verb : values()) {
        if (verb.name().equalsIgnoreCase(name)) {
          return verb;
        }
      }
      throw new UsageException("--pipeline=" + name + " must be import or demo");
    }
  }

  private Main() {}

  /** Exits with 0 when all is well, else as {@link ExitCode} says. */
  public static void main(String[] args) {
    int code = run(args);
    if (code != ExitCode.OK) {
      System.exit(code);
    }
  }

  /** Runs a pipeline and tells of a failure in one line; gives the exit code. */
  static int run(String[] args) {
    try {
      List<String> arguments = Profile.load().complete(args);
      Verb verb = Verb.named(pipelineOf(arguments));
      return verb.run.applyAsInt(parse(arguments, verb.options));
    } catch (UsageException e) {
      e.problems().forEach(problem -> System.err.println("sluice: " + problem));
      return ExitCode.USAGE;
    } catch (JobException e) {
      System.err.println("sluice: " + e.getMessage());
      LOG.debug("The job failed", e);
      return ExitCode.FAILED;
    }
  }

  static String[] withPipeline(String verb, String[] args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add(0, "--pipeline=" + verb);
    return all.toArray(String[]::new);
  }

  private static String pipelineOf(List<String> arguments) {
    String name = null;
    for (String argument : arguments) {
      if (argument.startsWith("--pipeline=")) {
        name = argument.substring("--pipeline=".length());
      }
    }
    if (name == null) {
      throw new UsageException("--pipeline is missing: give import or demo");
    }
    return name;
  }

  private static PipelineOptions parse(
      List<String> arguments, Class<? extends PipelineOptions> type) {
    PipelineOptionsFactory.register(type);
    // Beam's bare --help lists the names of all options interfaces, its own first.
    arguments.replaceAll(a -> a.equals("--help") ? "--help=" + type.getSimpleName() : a);
    try {
      return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
          .withValidation()
          .as(type);
    } catch (IllegalArgumentException e) {
      throw new UsageException(Causes.oneLine(e));
    }
  }
}
