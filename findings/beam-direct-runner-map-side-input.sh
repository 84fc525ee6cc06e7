#!/usr/bin/env bash
# A side input of View.asMap() is made anew for each call of sideInput() by Beam's DirectRunner 2.70.0, in one bundle and
# one window, too: the runner keeps the elements, and copies all of them into a map that it returns. So an element that
# looks up one key pays for all keys: with 100,000 of them a look takes tens of milliseconds, a hundred times or more what
# it takes with 1,000. A lookup of 1,000,000 events in a table of 25,000 items, written in this way, had not ended after six
# minutes; with a set that the DoFn keeps it takes eleven seconds. Our `lookup` has no side input for the table: see
# src/docs/benchmarks.md.
source "$(dirname "$0")/common.sh"

run_java org.apache.beam:beam-runners-direct-java:2.70.0 org.apache.beam:beam-sdks-java-core:2.70.0 <<'JAVA'
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.*;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.beam.sdk.values.*;

public class Main {
  static final int LOOKS = 50;
  static final AtomicLong NANOS = new AtomicLong();
  static final AtomicLong MADE_ANEW = new AtomicLong();

  static class KeysFn extends DoFn<Integer, KV<Integer, Boolean>> {
    @ProcessElement
    public void processElement(@Element Integer count, OutputReceiver<KV<Integer, Boolean>> out) {
      for (int key = 0; key < count; key++) {
        out.output(KV.of(key, true));
      }
    }
  }

  /** All looks are of one element, and so of one bundle and one window. */
  static class LookFn extends DoFn<Integer, Boolean> {
    private final PCollectionView<Map<Integer, Boolean>> keys;

    LookFn(PCollectionView<Map<Integer, Boolean>> keys) {
      this.keys = keys;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      context.sideInput(keys).containsKey(0);
      Map<Integer, Boolean> last = null;
      long begin = System.nanoTime();
      for (int i = 0; i < LOOKS; i++) {
        Map<Integer, Boolean> map = context.sideInput(keys);
        if (map != last) {
          MADE_ANEW.incrementAndGet();
        }
        context.output(map.containsKey(i));
        last = map;
      }
      NANOS.set(System.nanoTime() - begin);
    }
  }

  static double millisOfALook(int keys) {
    MADE_ANEW.set(0);
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollectionView<Map<Integer, Boolean>> view =
        pipeline.apply("Keys", Create.of(keys)).apply(ParDo.of(new KeysFn())).apply(View.asMap());
    pipeline.apply("Event", Create.of(1)).apply("Look", ParDo.of(new LookFn(view)).withSideInputs(view));
    pipeline.run().waitUntilFinish();
    return NANOS.get() / 1e6 / LOOKS;
  }

  public static void main(String[] args) {
    // Classes are loaded before the measurement.
    millisOfALook(1_000);
    double few = millisOfALook(1_000);
    double many = millisOfALook(100_000);
    System.out.println("Beam " + ReleaseInfo.getReleaseInfo().getVersion() + ", " + LOOKS + " looks of one element into a map");
    System.out.println("  maps that were made: " + MADE_ANEW.get());
    System.out.printf("  a look with 1,000 keys: %.3f ms, with 100,000: %.3f ms, 20 times as long or more: %s%n", few, many, many > 20 * few);
    boolean same = MADE_ANEW.get() == LOOKS && many > 20 * few;
    System.out.println(same ? "As described: each look makes the map anew." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
