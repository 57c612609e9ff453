print("webkit")
