using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Layers.PatchGen.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Layers.PatchGen.AspNetCore.Tests;

/// <summary>Bodies that do not arrive as sent: the client disconnects, or middleware of the platform intervenes.</summary>
public sealed class BodyReceiptTests
{
    private const string Part = """{"value":""";

    public static TheoryData<string> Endpoints => ["/counters/1", "/compiled/marks", "/api/marks/1"];

    /// <summary>A disconnected client is not an error of the server, so nothing is logged as a warning.</summary>
    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_client_that_disconnects_while_sending_a_body_logs_no_warning(string path)
    {
        MiniApp app = await StartAsync();
        await using (app)
        {
            for (int i = 0; i < 60; i++)
            {
                using Socket socket = await SendAsync(app, path, i % 3 == 0 ? "Transfer-Encoding: chunked" : "Content-Length: 60", Part);
                await Task.Delay(5);
                if (i % 2 == 0)
                {
                    socket.LingerState = new LingerOption(enable: true, seconds: 0); // Close sends a reset
                }
            }

            Assert.Equal(422, (await app.SendAsync("PATCH", "/counters/1", """{"value":null}""")).Status); // the server still responds
        }

        app.AssertNotLogged(LogLevel.Warning);
    }

    [Fact]
    public async Task A_stream_of_HTTP_2_that_is_reset_logs_no_warning()
    {
        int completed = 0;
        MiniApp app = await StartAsync(
            services => services.Configure<KestrelServerOptions>(kestrel =>
                kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2)),
            web => web.Use(async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                finally
                {
                    Interlocked.Increment(ref completed);
                }
            }));
        await using (app)
        {
            using var client = new HttpClient { BaseAddress = app.Address };
            for (int i = 0; i < 20; i++)
            {
                using var body = new Endless();
                using var request = new HttpRequestMessage(HttpMethod.Patch, "/counters/1")
                {
                    Version = HttpVersion.Version20,
                    VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                    Content = body,
                };
                using var leaving = new CancellationTokenSource();
                Task<HttpResponseMessage> response = client.SendAsync(request, leaving.Token);
                await body.Begun.WaitAsync(TimeSpan.FromSeconds(20));
                await leaving.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response);
            }

            await app.AssertLoggedAsync(
                LogLevel.Information, entry => entry.Text.Contains(" responded 499 ", StringComparison.Ordinal), times: 20);

            // A request that is still running when the application is disposed logs errors.
            for (int waited = 0; Volatile.Read(ref completed) < 20; waited++)
            {
                Assert.True(waited < 400, $"{completed} of 20 requests have completed.");
                await Task.Delay(50);
            }
        }

        app.AssertNotLogged(LogLevel.Warning);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_request_timeout_of_the_application_is_504(string path)
    {
        MiniApp app = await StartAsync(
            services => services.AddRequestTimeouts(options =>
                options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromMilliseconds(300) }),
            web => web.UseRequestTimeouts());
        await using (app)
        {
            using Socket socket = await SendAsync(app, path, "Connection: close\r\nContent-Length: 60", Part);
            string response = await ReadAsync(socket);
            Assert.StartsWith("HTTP/1.1 504 ", response, StringComparison.Ordinal);
            Assert.Contains("\"code\":\"request_timeout\"", response, StringComparison.Ordinal);
        }

        app.AssertNotLogged(LogLevel.Error);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task With_request_decompression_a_body_is_read_and_invalid_data_is_400(string coding)
    {
        MiniApp app = await StartAsync(services => services.AddRequestDecompression(), web => web.UseRequestDecompression());
        await using (app)
        {
            await app.AddAsync(1);
            byte[] whole = Compress(coding, """{"value":7}""");
            Assert.Equal(200, (await PatchAsync("/counters/1", whole)).Status);
            foreach (string path in Endpoints)
            {
                byte[] damaged = [.. whole];
                damaged.AsSpan(2).Fill(0xEE);
                byte[] cut = whole[..(whole.Length / 2)];
                foreach (byte[] garbage in (byte[][])["{\"value\":7}"u8.ToArray(), [0xFF, 0xFE, 0xFF], damaged, cut])
                {
                    ApiResponse response = await PatchAsync(path, garbage);
                    ProblemAssert.Matches(response, 400, "malformed_body");
                }
            }
        }

        app.AssertNotLogged(LogLevel.Warning);

        async Task<ApiResponse> PatchAsync(string path, byte[] body)
        {
            using var client = new HttpClient { BaseAddress = app.Address };
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
            using HttpResponseMessage response = await client.PatchAsync(new Uri(path, UriKind.Relative), content);
            return await ApiResponse.ReadAsync(response);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_long_when_decompressed_is_413()
    {
        await using MiniApp app = await StartAsync(services => services.AddRequestDecompression(), web => web.UseRequestDecompression());
        using var client = new HttpClient { BaseAddress = app.Address };
        using var content = new ByteArrayContent(Compress("gzip", $$"""{"note":"{{new string('x', 1_000_000)}}"}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        using HttpResponseMessage response = await client.PatchAsync(new Uri("/counters/1", UriKind.Relative), content);
        ProblemAssert.Matches(await ApiResponse.ReadAsync(response), 413, "payload_too_large");
    }

    private static Task<MiniApp> StartAsync(Action<IServiceCollection>? services = null, Action<WebApplication>? middleware = null) =>
        MiniApp.StartAsync(
            services: more =>
            {
                more.AddControllers().AddApplicationPart(typeof(MarkController).Assembly);
                services?.Invoke(more);
            },
            middleware: web =>
            {
                middleware?.Invoke(web);
                web.MapControllers();
                web.MapPatch("/compiled/marks", (PatchBody<MarkPatch> body) => Marks.Json(body.Patch));
            });

    private static byte[] Compress(string coding, string text)
    {
        var buffer = new MemoryStream();
        using (Stream compressor = coding switch
        {
            "gzip" => new GZipStream(buffer, CompressionLevel.Fastest),
            "deflate" => new ZLibStream(buffer, CompressionLevel.Fastest),
            _ => new BrotliStream(buffer, CompressionLevel.Fastest),
        })
        {
            compressor.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    private static async Task<Socket> SendAsync(MiniApp app, string path, string headers, string part)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(app.Address.Host, app.Address.Port);
        string body = headers.Contains("chunked", StringComparison.Ordinal) ? $"40\r\n{part}" : part;
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"PATCH {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}"));
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var received = new StringBuilder();
        byte[] buffer = new byte[4096];
        int count;
        while (!received.ToString().Contains('}', StringComparison.Ordinal) && (count = await socket.ReceiveAsync(buffer, limit.Token)) > 0)
        {
            received.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return received.ToString();
    }

    /// <summary>A body that begins and does not go on.</summary>
    private sealed class Endless : HttpContent
    {
        private readonly TaskCompletionSource _begun = new();

        public Endless() => Headers.TryAddWithoutValidation("Content-Type", "application/json");

        public Task Begun => _begun.Task;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Part), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
