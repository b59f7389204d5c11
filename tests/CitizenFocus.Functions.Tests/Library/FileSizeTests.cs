using CitizenFocus.Functions.Library;

namespace CitizenFocus.Functions.Tests.Library;

public sealed class FileSizeTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1_000, "1 KB")]
    [InlineData(133_010, "133 KB")]
    [InlineData(999_499, "999 KB")]
    [InlineData(999_500, "1 MB")]
    [InlineData(1_440_000, "1.4 MB")]
    [InlineData(2_147_483_648, "2.1 GB")]
    public void Of_Bytes_IsWhatPeopleRead(long bytes, string text) => Assert.Equal(text, FileSize.Of(bytes).Replace('\u00a0', ' '));
}
