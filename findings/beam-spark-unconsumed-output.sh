#!/usr/bin/env bash
# An output that nobody reads fails a job on Spark, where it is stored on disk. Beam's Spark runner keeps the outputs of a
# step that has several of them, and encodes them when --storageLevel=MEMORY_AND_DISK lets them leave the memory. It
# knows the coders of the outputs that something consumes, and looks up one for each element: so the first element of an
# additional output that nothing consumes is a NullPointerException, which names neither step nor output. A dead letter
# that is ignored on purpose works until there is the first one; with MEMORY_ONLY, or on another runner, it works always.
# Sluice consumes each output of its steps, and a test looks for those that nothing consumes.
source "$(dirname "$0")/common.sh"

run_java_on_spark <<'JAVA'
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

public class Main {
  static final TupleTag<Integer> EVEN = new TupleTag<>() {};
  static final TupleTag<Integer> ODD = new TupleTag<>() {};
  static final TupleTag<Integer> BAD = new TupleTag<>() {};

  static class SortFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void process(@Element Integer number, MultiOutputReceiver out) {
      out.get(number < 0 ? BAD : number % 2 == 0 ? EVEN : ODD).output(number);
    }
  }

  public static void main(String[] args) {
    System.out.println("Beam " + ReleaseInfo.getReleaseInfo().getVersion() + ", a step whose third output nothing consumes");
    boolean same = outcome("DirectRunner", "", 1, 2, -1).equals("DONE");
    same &= outcome("SparkRunner", "--storageLevel=MEMORY_ONLY", 1, 2, -1).equals("DONE");
    same &= outcome("SparkRunner", "--storageLevel=MEMORY_AND_DISK", 1, 2).equals("DONE");
    same &= outcome("SparkRunner", "--storageLevel=MEMORY_AND_DISK", 1, 2, -1).contains("NullPointerException");
    System.out.println(same ? "As described: the first element of it fails the job." : "The behaviour has changed.");
    Runtime.getRuntime().halt(same ? 0 : 1);
  }

  static String outcome(String runner, String option, Integer... numbers) {
    String[] args = (option.isEmpty() ? "--runner=" + runner : "--runner=" + runner + " " + option).split(" ");
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(args).create());
    PCollectionTuple sorted =
        pipeline
            .apply(Create.of(List.of(numbers)))
            .apply(ParDo.of(new SortFn()).withOutputTags(EVEN, TupleTagList.of(ODD).and(BAD)));
    sorted.get(EVEN).apply("Count even", Count.globally());
    sorted.get(ODD).apply("Count odd", Count.globally());
    String outcome;
    try {
      outcome = pipeline.run().waitUntilFinish().toString();
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      outcome = cause.toString().lines().findFirst().orElse("");
    }
    System.out.println("  " + runner + " " + option + ", " + List.of(numbers) + ": " + outcome);
    return outcome;
  }
}
JAVA
