package dev.onehot.storage;

import java.net.URI;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.Blob;
import org.gaul.s3proxy.blobstore.options.CreateContainerOptions;
import org.gaul.s3proxy.blobstore.options.PutOptions;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A server on loopback that speaks S3, with one bucket in the memory of this JVM. */
public final class LocalS3 implements AutoCloseable {

  private final String bucket;
  private final S3Proxy server;

  private LocalS3(String bucket, BlobStore store) throws Exception {
    this.bucket = bucket;
    store.createContainer(bucket, CreateContainerOptions.NONE);
    server =
        S3Proxy.builder()
            .blobStore(store)
            .awsAuthentication(AuthenticationType.NONE, "", "")
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    server.start();
  }

  /** Starts one that puts files only if none has their names, where that is asked. */
  public static LocalS3 start() throws Exception {
    return new LocalS3("bucket", new TransientNio2BlobStore());
  }

  /** Starts one that always puts files, as stores do that don't know the condition. */
  public static LocalS3 startCareless() throws Exception {
    return new LocalS3("careless", new Careless(new TransientNio2BlobStore()));
  }

  /** {@code s3a://BUCKET}, without a slash at its end. */
  public String root() {
    return "s3a://" + bucket;
  }

  /** What Hadoop needs to reach it. */
  public Map<String, String> settings() {
    return Map.of(
        "fs.s3a.endpoint", "http://127.0.0.1:" + server.getPort(),
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
  }

  /** The same as a configuration of Hadoop's, whose file systems no other configuration shares. */
  public Configuration hadoop() {
    Configuration hadoop = new Configuration();
    settings().forEach(hadoop::set);
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    return hadoop;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop", e);
    }
  }

  private static final class Careless extends ForwardingBlobStore {

    Careless(BlobStore store) {
      super(store);
    }

    @Override
    public String putBlob(String container, Blob blob, PutOptions options) {
      return delegate().putBlob(container, blob, PutOptions.NONE);
    }
  }
}
