/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cluster.FlinkCluster;
import io.sluice.testing.LocalAws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Flink session with the metaspace of Flink's own configuration: detached jobs, and many. */
class FlinkSessionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalAws AWS = LocalAws.shared();
  private static final String LOADER = "org.apache.flink.util.ChildFirstClassLoader";

  /** When the class loader of each job was kept, a session took seven. */
  private static final int JOBS = Integer.getInteger("sluice.sessionJobs", 30);

  /**
   * The JDK keeps the last class whose records it compared, and that the loader of one job. Ten
   * jobs left one loader or two: it is not known who keeps the second, but thirty leave no more.
   */
  private static final int LOADERS_LEFT = 3;

  private static FlinkCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cluster = FlinkCluster.start(Clusters.of(1, 2, 384).withMetaspaceMb(256));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private List<String> importOf(String table, String records, String... more) throws IOException {
    Path input = Files.writeString(folder.resolve(table + ".csv"), records);
    List<String> job =
        ClusterJobs.job(
            "import",
            "--input=" + input,
            "--table=" + table,
            "--createTable=ON_DEMAND",
            "--partitionKey=id:S");
    job.addAll(List.of(more));
    return job;
  }

  private static JsonNode get(String path) {
    try {
      return JSON.readTree(cluster.webPage().resolve(path).toURL());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end of the job with this name, and returns how it ended. */
  private static JsonNode ended(String name) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (System.nanoTime() - until < 0) {
      for (JsonNode job : get("/jobs/overview").get("jobs")) {
        if (job.get("name").textValue().equals(name) && job.get("end-time").longValue() > 0) {
          return job;
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError(name + " does not end: " + get("/jobs/overview"));
  }

  @Test
  void aDetachedJobGoesOnByItself() throws Exception {
    String report = "s3://" + AWS.bucket() + "/detached/report.json";
    Program program =
        Clusters.submitToFlink(
                cluster,
                importOf("detached", "id,a\nk1,1\nk2,2\n", "--report=" + report, "--jobName=alone"),
                "-d")
            .mustExitWith(0);
    JsonNode job = ended("alone");
    assertThat(job.get("state").textValue(), is("FINISHED"));
    assertThat(program.output(), containsString("submitted   " + job.get("jid").textValue()));
    assertThat(program.output(), containsString("report      " + report));
    assertThat(ClusterJobs.items("detached", "id").keySet(), is(Set.of("k1", "k2")));
    byte[] written =
        AWS.s3()
            .getObjectAsBytes(get -> get.bucket(AWS.bucket()).key("detached/report.json"))
            .asByteArray();
    assertThat(JSON.readTree(written).at("/counts/written").intValue(), is(2));
  }

  @Test
  void aDetachedJobFailsWhereAnExitCodeWouldSaySo() throws Exception {
    Program program =
        Clusters.submitToFlink(cluster, importOf("detached_bad", "id,a\nk1,1\nk2\n"), "-d")
            .mustExitWith(0);
    assertThat(program.errors(), containsString("without --report only its state"));
    JsonNode job = ended("sluice import detached_bad");
    assertThat(job.get("state").textValue(), is("FAILED"));
    assertThat(
        get("/jobs/" + job.get("jid").textValue() + "/exceptions").toString(),
        containsString("1 rejected, --maxRejects=0 allows fewer: nothing was written"));
  }

  /** By our restart strategy another worker gets a task that failed, five times. */
  @Test
  void aDamagedFileIsReadOnlyOnce() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      // So much that the submitting program, which reads the beginning, sees no damage.
      StringBuilder csv = new StringBuilder("id,a\n");
      new Random(1).longs(40_000).forEach(n -> csv.append(n).append(",1\n"));
      out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
    }
    Path file = folder.resolve("short.csv.gz");
    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    List<String> job = importOf("damaged", "", "--dedupe=NONE", "--jobName=damaged");
    job.set(job.indexOf("--input=" + folder.resolve("damaged.csv")), "--input=" + file);
    Program program = Clusters.submitToFlink(cluster, job).mustExitWith(1);
    assertThat(program.errors(), endsWith("sluice: the job failed: " + file + " is cut short\n"));
    String id = ended("damaged").get("jid").textValue();
    assertThat(get("/jobs/" + id + "/exceptions").at("/exceptionHistory/entries").size(), is(1));
  }

  @Test
  void whatADetachedProgramWouldWaitForIsRefused() throws IOException {
    Program program =
        Clusters.submitToFlink(cluster, importOf("detached_late", "id\nk\n", "--deadline=1h"), "-d")
            .mustExitWith(2);
    assertThat(program.errors(), containsString("--deadline does not go with a detached"));
    assertThat(program.errors(), not(containsString("\tat ")));
  }

  @Test
  void jobsLeaveNoClassesBehind() throws Exception {
    String lake = "s3://" + AWS.bucket() + "/session";
    List<List<String>> kinds =
        List.of(
            importOf("session", "id,a\nk1,1\nk2,2\n", "--rejects=" + lake + "/rejects"),
            ClusterJobs.job("export", "--table=session", "--output=" + lake),
            ClusterJobs.job(
                "verify", "--input=" + folder.resolve("session.csv"), "--table=session", "--full"));
    for (int i = 0; i < JOBS; i++) {
      Clusters.submitToFlink(cluster, kinds.get(i % kinds.size())).mustExitWith(0);
    }
    for (ProcessHandle jvm :
        Stream.concat(Stream.of(cluster.coordinator()), cluster.workers().stream()).toList()) {
      // A histogram collects garbage first. Clients end ten seconds after their last use.
      long loaders = loaders(jvm);
      for (int i = 0; i < 60 && loaders > LOADERS_LEFT; i++) {
        Thread.sleep(500);
        loaders = loaders(jvm);
      }
      assertThat(jvm.info().toString(), loaders, is(lessThanOrEqualTo((long) LOADERS_LEFT)));
    }
  }

  /** Counts the class loaders of jobs in another JVM. */
  private static long loaders(ProcessHandle jvm) {
    Program histogram =
        Program.start(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(jvm.pid()),
                    "GC.class_histogram"))
            .mustExitWith(0);
    return histogram
        .output()
        .lines()
        .filter(line -> line.endsWith(LOADER))
        .mapToLong(line -> Long.parseLong(line.strip().split(" +")[1]))
        .sum();
  }
}
