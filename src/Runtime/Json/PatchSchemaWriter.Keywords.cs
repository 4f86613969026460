using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Layers.PatchGen.Json;

// The keywords of one value. Its bounds are written last, because a rule may narrow those of the type.
public sealed partial class PatchSchemaWriter
{
    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true };

    private Bound? _minimum;
    private Bound? _maximum;
    private int? _maxKeys;

    /// <summary>A type, and null if the member may be null.</summary>
    public void Type(string type)
    {
        if (_isNullable)
        {
            _writer.WriteStartArray("type"u8);
            _writer.WriteStringValue(type);
            _writer.WriteStringValue("null"u8);
            _writer.WriteEndArray();
        }
        else
        {
            _writer.WriteString("type"u8, type);
        }
    }

    /// <summary>A string of a format.</summary>
    public void Format(string format) => _writer.WriteString("format"u8, format);

    /// <summary>A string that encodes bytes.</summary>
    public void ContentEncoding(string encoding) => _writer.WriteString("contentEncoding"u8, encoding);

    /// <summary>Any JSON, except null if the member may not be null.</summary>
    public void Any()
    {
        if (!_isNullable)
        {
            _writer.WriteStartObject("not"u8);
            _writer.WriteString("type"u8, "null"u8);
            _writer.WriteEndObject();
        }
    }

    /// <summary>
    /// The schema of a type by the framework's exporter. A recursive type is any JSON: its references would not resolve within another
    /// schema.
    /// </summary>
    public void Exported(JsonTypeInfo info)
    {
        if (info.GetJsonSchemaAsNode(Exporter) is not JsonObject schema || RefersToItself(schema))
        {
            Any();
            return;
        }

        if (_isNullable)
        {
            _writer.WriteStartArray("anyOf"u8);
            schema.WriteTo(_writer);
            _writer.WriteStartObject();
            _writer.WriteString("type"u8, "null"u8);
            _writer.WriteEndObject();
            _writer.WriteEndArray();
            return;
        }

        foreach ((string keyword, JsonNode? value) in schema)
        {
            _writer.WritePropertyName(keyword);
            if (value is null)
            {
                _writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(_writer);
            }
        }
    }

    /// <summary>The description of the type, after that of the member.</summary>
    public void Description(string text)
    {
        _description = _description is null ? text : $"{_description} {text}";
        WriteDescription();
    }

    /// <summary>The strings that are allowed, and null if the member may be null.</summary>
    public void Enum(ReadOnlySpan<string> names)
    {
        _writer.WriteStartArray("enum"u8);
        foreach (string name in names)
        {
            _writer.WriteStringValue(name);
        }

        EndEnum();
    }

    /// <summary>The values that are allowed.</summary>
    public void Allowed<T>(ReadOnlySpan<T> values)
    {
        _writer.WriteStartArray("enum"u8);
        foreach (T value in values)
        {
            if (value is string text)
            {
                _writer.WriteStringValue(text);
            }
            else
            {
                _writer.WriteRawValue(Text(value));
            }
        }

        EndEnum();
    }

    /// <summary>The items of an array.</summary>
    public void Items<T, TItem>(TItem item)
        where TItem : struct, IPatchValue<T>
    {
        WriteDescription();
        bool isNullable = _isNullable;
        _isNullable = false;
        _writer.WriteStartObject("items"u8);
        item.Describe(this);
        WriteBounds();
        _writer.WriteEndObject();
        _isNullable = isNullable;
    }

    /// <summary>The items of an array must differ.</summary>
    public void Unique() => _writer.WriteBoolean("uniqueItems"u8, true);

    /// <summary>The members of a map.</summary>
    public void Values<TKey, T, TItem>(TItem item, bool isNullable)
        where TItem : struct, IPatchValue<T>
    {
        WriteDescription();
        (bool outer, _isNullable) = (_isNullable, isNullable);
        _writer.WriteStartObject("additionalProperties"u8);
        item.Describe(this);
        WriteBounds();
        _writer.WriteEndObject();
        _isNullable = outer;
        _writer.WriteStartObject("propertyNames"u8);
        _writer.WriteNumber("minLength"u8, 1);
        _writer.WriteNumber("maxLength"u8, _options.MaxOpenNameLength);
        if (PatchKey.Pattern<TKey>() is { } pattern)
        {
            Pattern(pattern);
        }

        _writer.WriteEndObject();
        _maxKeys = _options.MaxOpenMembers;
    }

    /// <summary>The members of a patch, as a value of its own.</summary>
    public void Patch<TPatch>()
        where TPatch : IPatch<TPatch>
    {
        // Within the member that is being written, whose keywords follow.
        (bool isMemberOpen, bool isNullable) = (_isMemberOpen, _isNullable);
        Describe<TPatch>();
        (_isMemberOpen, _isNullable) = (isMemberOpen, isNullable);
    }

    /// <summary>The length of a string in code points; a limit that excludes nothing is omitted.</summary>
    public void Length(int min, int max) => WriteLimits("minLength", "maxLength", min, max);

    /// <summary>The number of items of an array; a limit that excludes nothing is omitted.</summary>
    public void Count(int min, int max) => WriteLimits("minItems", "maxItems", min, max);

    /// <summary>The most members of a dictionary.</summary>
    public void Keys(int max) => _maxKeys = Math.Min(max, _maxKeys ?? max);

    /// <summary>
    /// The range of a number or a time; the last call applies. For times, JSON Schema has no keywords, and those of a common extension are
    /// written.
    /// </summary>
    public void Range<T>(T min, T max, bool isMinExclusive = false, bool isMaxExclusive = false)
        where T : IFormattable
    {
        _minimum = Limit(min, isMinExclusive ? "exclusiveMinimum" : "minimum", isMinExclusive ? "formatExclusiveMinimum" : "formatMinimum");
        _maximum = Limit(max, isMaxExclusive ? "exclusiveMaximum" : "maximum", isMaxExclusive ? "formatExclusiveMaximum" : "formatMaximum");
    }

    /// <summary>A rule that no keyword can express, by its name.</summary>
    public void Rule(string name) => _rules.Add(name);

    /// <summary>The regular expression that the whole string must match.</summary>
    public void Pattern(string pattern) => _writer.WriteString("pattern"u8, $"^(?:{pattern})$");

    private void WriteDescription()
    {
        if (_description is not null)
        {
            _writer.WriteString("description"u8, _description);
            _description = null;
        }
    }

    private void WriteRules()
    {
        if (_rules.Count > 0)
        {
            _writer.WriteStartArray("x-rules"u8);
            _rules.ForEach(_writer.WriteStringValue);
            _writer.WriteEndArray();
            _rules.Clear();
        }
    }

    private static bool RefersToItself(JsonNode? schema) => schema switch
    {
        JsonObject keywords => keywords.Any(static keyword => keyword.Key == "$ref" || RefersToItself(keyword.Value)),
        JsonArray items => items.Any(RefersToItself),
        _ => false,
    };

    private void EndEnum()
    {
        if (_isNullable)
        {
            _writer.WriteNullValue();
        }

        _writer.WriteEndArray();
    }

    private void WriteBounds()
    {
        if (_maxKeys is { } keys)
        {
            _writer.WriteNumber("maxProperties"u8, keys);
        }

        _minimum?.Write(_writer);
        _maximum?.Write(_writer);
        (_minimum, _maximum, _maxKeys) = (null, null, null);
    }

    private void WriteLimits(string minKeyword, string maxKeyword, int min, int max)
    {
        if (min > 0)
        {
            _writer.WriteNumber(minKeyword, min);
        }

        if (max < int.MaxValue)
        {
            _writer.WriteNumber(maxKeyword, max);
        }
    }

    private static Bound? Limit<T>(T value, string ofNumbers, string ofTimes)
        where T : IFormattable => value switch
    {
        double.PositiveInfinity or double.NegativeInfinity or float.PositiveInfinity or float.NegativeInfinity => null,
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => new Bound(ofTimes, ProblemTexts.Value(value), IsNumber: false),
        _ => new Bound(ofNumbers, Text(value), IsNumber: true),
    };

    private static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private readonly record struct Bound(string Keyword, string Text, bool IsNumber)
    {
        public void Write(Utf8JsonWriter writer)
        {
            writer.WritePropertyName(Keyword);
            if (IsNumber)
            {
                writer.WriteRawValue(Text);
            }
            else
            {
                writer.WriteStringValue(Text);
            }
        }
    }
}
