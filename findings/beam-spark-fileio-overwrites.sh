#!/usr/bin/env bash
# FileIO.write() loses files in silence on Spark. Beam's FileIO always takes the write for one of windows, and then one
# worker is to name all files: their names are gathered by a Reshuffle of one void key. The Spark runner spreads a
# Reshuffle over its partitions whatever the key is, so several workers number files from zero, each with a total of its
# own, and a file is moved over another of its name. The job ends well. TextIO.write() of the same lines takes another
# way and is whole, and so is FileIO with the deprecated withIgnoreWindowing(). Of 100 lines
# in four partitions about 25 are lost. Sluice writes its rejections in the latter way.
source "$(dirname "$0")/common.sh"

run_java_on_spark <<'JAVA'
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

public class Main {
  static final int LINES = 100;

  public static void main(String[] args) throws Exception {
    System.out.println("Beam " + ReleaseInfo.getReleaseInfo().getVersion() + ", " + LINES + " lines in four partitions");
    boolean described = written("DirectRunner", "FileIO") == LINES;
    described &= written("SparkRunner", "FileIO") < LINES;
    described &= written("SparkRunner", "FileIO, withIgnoreWindowing") == LINES;
    described &= written("SparkRunner", "TextIO") == LINES;
    System.out.println(described ? "As described: lines are lost, and the job ends well." : "The behaviour has changed.");
    Runtime.getRuntime().halt(described ? 0 : 1);
  }

  static long written(String runner, String way) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "out");
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=" + runner, parallelism(runner)).create());
    PCollection<String> lines =
        pipeline
            .apply(Create.of(IntStream.range(0, LINES).boxed().toList()))
            .apply(Reshuffle.viaRandomKey())
            .apply(MapElements.into(TypeDescriptors.strings()).via(i -> "line " + i));
    FileIO.Write<Void, String> write =
        FileIO.<String>write().via(TextIO.sink()).to(folder.toString()).withPrefix("part").withSuffix(".txt");
    switch (way) {
      case "FileIO" -> lines.apply(write);
      case "TextIO" -> lines.apply(TextIO.write().to(folder + "/part").withSuffix(".txt"));
      default -> lines.apply(write.withIgnoreWindowing());
    }
    System.out.print("  " + runner + ", " + way + ": " + pipeline.run().waitUntilFinish());
    long count = 0;
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        count += Files.readAllLines(file).size();
        names.add(file.getFileName().toString());
      }
    }
    System.out.println(", " + count + " lines in " + names.size() + " files");
    if (count < LINES) {
      System.out.println("    " + names);
    }
    return count;
  }

  static String parallelism(String runner) {
    return runner.equals("SparkRunner") ? "--sparkMaster=local[4]" : "--targetParallelism=4";
  }
}
JAVA
