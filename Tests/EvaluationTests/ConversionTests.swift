import Testing

@Suite struct ConversionTests {}
