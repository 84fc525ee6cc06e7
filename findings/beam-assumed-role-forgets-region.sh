#!/usr/bin/env bash
# Beam's options of AWS know the SDK's StsAssumeRoleCredentialsProvider: it is sent to the workers by its role and session
# name, and made there again. It is made with a client of STS that takes its region from the worker's environment, and
# --awsRegion, which every other client of the same options takes, is not used: where a worker has no region, the options
# cannot even be read, and where it has another, the role is assumed there.
# Seen with Beam 2.70.0 and the SDK that it brings: options with --awsRegion=eu-west-1 and that provider are written, and
# reading them fails with "Unable to load region"; with the region as a property of the JVM they are read.
# Sluice assumes roles by a provider of its own (--tableRole, --lakeRole), which has the region of the options.
source "$(dirname "$0")/common.sh"

# A machine of AWS would give its own region.
java_args=(-Daws.disableEc2Metadata=true)
unset AWS_REGION AWS_DEFAULT_REGION AWS_PROFILE
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
run_java org.apache.beam:beam-sdks-java-io-amazon-web-services2:2.70.0 <<'JAVA'
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.common.ReflectHelpers;

public class Main {
  static final String PROVIDER =
      "{\"@type\":\"StsAssumeRoleCredentialsProvider\",\"roleArn\":\"arn:aws:iam::123456789012:role/r\",\"roleSessionName\":\"s\"}";

  /** What a runner does with options, and then what a worker does: null, or why it failed. */
  static String sent(boolean regionInEnvironment) throws Exception {
    ObjectMapper mapper =
        new ObjectMapper().registerModules(ObjectMapper.findModules(ReflectHelpers.findClassLoader()));
    if (regionInEnvironment) {
      System.setProperty("aws.region", "eu-west-1");
    }
    try {
      AwsOptions options =
          PipelineOptionsFactory.fromArgs("--awsRegion=eu-west-1", "--awsCredentialsProvider=" + PROVIDER).as(AwsOptions.class);
      options.getAwsCredentialsProvider();
      PipelineOptions read = mapper.readValue(mapper.writeValueAsString(options), PipelineOptions.class);
      read.as(AwsOptions.class).getAwsCredentialsProvider();
      return null;
    } catch (Exception e) {
      Throwable cause = e;
      while (cause.getCause() != null && !String.valueOf(cause.getMessage()).startsWith("Unable to load region")) {
        cause = cause.getCause();
      }
      return String.valueOf(cause.getMessage()).split("from any")[0].strip();
    } finally {
      System.clearProperty("aws.region");
    }
  }

  public static void main(String[] args) throws Exception {
    String without = sent(false);
    String with = sent(true);
    System.out.println("Beam 2.70.0, --awsRegion=eu-west-1, no region in the environment: " + without);
    System.out.println("Beam 2.70.0, --awsRegion=eu-west-1, and the same as a property of the JVM: " + (with == null ? "read" : with));
    boolean same = "Unable to load region".equals(without) && with == null;
    System.out.println(same ? "As described." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
