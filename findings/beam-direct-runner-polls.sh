#!/usr/bin/env bash
# Beam's DirectRunner never rests. While the only element of a pipeline sleeps for ten seconds, the runner's driver looks
# for timers and new work in a loop without a pause, on one of its worker threads: a processor is busy for all of the ten
# seconds. There are at least three worker threads, so this goes on beside any two bundles that wait, for a service or
# a rate limit. With --targetParallelism=1 there is no thread left to poll, and the same pipeline takes next to no time of
# the processor. An import has one thread of the DirectRunner, and threads of its own; see decision 13 in src/docs.
source "$(dirname "$0")/common.sh"

run_java org.apache.beam:beam-runners-direct-java:2.70.0 org.apache.beam:beam-sdks-java-core:2.70.0 <<'JAVA'
import java.lang.management.ManagementFactory;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.ReleaseInfo;

public class Main {
  static final int SECONDS = 10;

  static class SleepFn extends DoFn<Integer, Integer> {
    @ProcessElement
    public void processElement(@Element Integer seconds, OutputReceiver<Integer> out) throws InterruptedException {
      Thread.sleep(seconds * 1_000L);
      out.output(seconds);
    }
  }

  static double cpuOfSleep(int seconds, String... options) {
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(options).create());
    pipeline.apply(Create.of(seconds)).apply(ParDo.of(new SleepFn()));
    long before = system.getProcessCpuTime();
    pipeline.run().waitUntilFinish();
    return (system.getProcessCpuTime() - before) / 1e9;
  }

  public static void main(String[] args) {
    // Classes are loaded before the measurement.
    cpuOfSleep(0);
    double three = cpuOfSleep(SECONDS);
    double one = cpuOfSleep(SECONDS, "--targetParallelism=1");
    System.out.println("Beam " + ReleaseInfo.getReleaseInfo().getVersion() + ", one element that sleeps for " + SECONDS + " s");
    System.out.printf("  by default:             %.1f s of CPU, a processor is busy: %s%n", three, three > SECONDS / 2.0);
    System.out.printf("  --targetParallelism=1:  %.1f s of CPU, a processor is busy: %s%n", one, one > SECONDS / 2.0);
    boolean same = three > SECONDS / 2.0 && one < SECONDS / 5.0;
    System.out.println(same ? "As described: it polls without a pause." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
