package dev.onehot.model;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/**
 * Writes a value of pretty-printed JSON on one line. Arrays of thousands of numbers would take
 * thousands of lines otherwise.
 */
public final class OneLineJson implements TypeAdapterFactory {

  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    TypeAdapter<T> adapter = gson.getAdapter(type);
    return new TypeAdapter<>() {

      @Override
      public void write(JsonWriter out, T value) throws IOException {
        if (value == null) {
          out.nullValue();
        } else {
          out.jsonValue(adapter.toJson(value));
        }
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return adapter.read(in);
      }
    };
  }
}
