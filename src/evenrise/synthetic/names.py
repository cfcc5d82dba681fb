"""Invented names: of children by the language spoken at home, and of schools.

Any family may choose a name from any pool: the lists say what is common, not what a
name means about a child.
"""

from __future__ import annotations


DISTRICT_NAME = "Alder Coast Unified"
DISTRICT_CODE = "9970001"

LANGUAGES: tuple[str, ...] = (
    "English",
    "Spanish",
    "Mandarin",
    "Cantonese",
    "Vietnamese",
    "Tagalog",
    "Korean",
    "Arabic",
    "Farsi",
    "Armenian",
    "Russian",
    "Punjabi",
    "Hindi",
    "Mixteco",
    "Samoan",
    "Amharic",
    "Hmong",
    "Portuguese",
)

_COMMON_GIVEN = """
Ada Adrian Alana Alex Alina Amara Amelia Andre Angela Anna Ari Ariel Ashton Aurora Ava
Avery Bella Ben Blake Brooke Caleb Cameron Camila Carmen Charlie Chloe Clara Cole Cora
Daniel Daphne David Diana Drew Eden Eli Elena Elias Eliza Ella Emery Emil Emma Eric
Eva Evan Felix Finn Flora Gabriel Gemma Grace Gray Hana Hannah Harper Hazel Helen
Henry Ian Ines Iris Isaac Isabel Ivy Jade James Jamie Jasmine Jordan Joseph Josie
Julia Julian June Kai Kara Kendall Kira Lana Laura Leah Leo Levi Liam Lila Lily Logan
Lucia Lucas Luna Maia Marcus Maria Marina Martin Maya Mia Micah Mila Milo Miriam
Morgan Naomi Nathan Nico Nina Noah Noel Nora Oliver Olive Omar Oscar Owen Paul
Penelope Peter Quinn Rafael Reese Remy Riley River Robin Rose Rowan Ruby Ruth Ryan
Sage Sam Samuel Sara Sasha Sean Selena Simon Sky Sofia Sol Stella Talia Theo Thomas
Tobias Uma Valerie Vera Victor Vivian Walter Wren Xavier Yara Zara Zoe
"""

_GIVEN: dict[str, str] = {
    "Spanish": """
    Alejandra Alejandro Alonso Ana Andrea Antonio Araceli Beatriz Belen Carla Carlos
    Catalina Cecilia Cesar Cristian Daniela Diego Eduardo Emiliano Esteban Fernanda
    Fernando Gael Guadalupe Hector Itzel Ivan Javier Jimena Jorge Jose Juan Leonel
    Liliana Luis Luz Manuel Marisol Mateo Matias Miguel Natalia Noemi Pablo Paloma
    Ramon Regina Renata Ricardo Rocio Rodrigo Salvador Santiago Sebastian Sergio
    Valentina Veronica Ximena Yadira Yesenia
    """,
    "Mandarin": """
    Bowen Chen Fei Han Hao Jia Jing Jun Kexin Lan Lei Lin Ming Mei Ning Qing Rui Shan
    Siyu Tao Wei Xin Yan Yi Yichen Yu Yue Zhen Zihan
    """,
    "Cantonese": """
    Chi Hei Hiu Ho Ka Kit Lok Man Ming Sze Tsz Wai Wing Yan Yat Yuet
    """,
    "Vietnamese": """
    An Anh Bao Chau Diep Duc Giang Ha Hai Hanh Hoa Hung Huong Khanh Khoa Lan Linh Long
    Mai Minh My Nam Ngoc Nhi Phuc Phuong Quan Quynh Son Tam Thanh Thao Thu Trang Tri
    Tuan Van Vy
    """,
    "Tagalog": """
    Alon Amihan Angelo Bayani Bea Carlo Celeste Dalisay Danica Diwa Gian Hiyas Isko
    Jericho Joy Katrina Lea Ligaya Luningning Marikit Miguel Nicole Paolo Ramil Rizza
    Tala
    """,
    "Korean": """
    Dohyun Eunji Haneul Hayoon Jae Jihoon Jimin Jisoo Joon Junseo Minji Minjun Nari
    Seojun Seoyeon Sooyeon Subin Taeyang Woojin Yejin Yuna
    """,
    "Arabic": """
    Ahmad Aisha Amal Amina Dalia Fadi Faris Hadi Hala Hassan Huda Ibrahim Jamal Karim
    Khalil Laila Layan Malak Mariam Mona Nadia Nour Rami Rania Salma Samir Tariq
    Yasmin Yusuf Zain
    """,
    "Farsi": """
    Amir Arash Ariana Bahar Cyrus Dara Darius Farah Kian Laleh Leila Mina Navid Neda
    Niloufar Omid Parisa Reza Roya Saman Shirin Soraya Yasaman
    """,
    "Armenian": """
    Anahit Ani Aram Arman Arpi Davit Gayane Gevorg Hasmik Hayk Lilit Lusine Mane
    Mariam Nare Narek Sevan Siranush Tigran Vahe Zara
    """,
    "Russian": """
    Aleksei Alina Anastasia Daria Dmitri Ekaterina Galina Igor Irina Ivan Kirill
    Ksenia Lev Maksim Mikhail Nadia Nikita Oksana Oleg Polina Svetlana Tatiana Yulia
    """,
    "Punjabi": """
    Amrit Arjan Arjun Fateh Gurleen Gurpreet Harjit Harleen Harman Jasleen Jaspreet
    Karan Kiran Mandeep Manpreet Navdeep Preet Rajan Simran Sukhman
    """,
    "Hindi": """
    Aarav Aditi Aditya Ananya Anika Anjali Arnav Dev Diya Ishaan Isha Kavya Krish
    Lakshmi Meera Neel Nikhil Pooja Priya Rahul Riya Rohan Sanjay Shreya Tara Varun
    Vihaan
    """,
    "Mixteco": """
    Adela Angelica Artemio Cirilo Dalia Eloy Esperanza Flor Floriberto Fortino Hilda
    Isidro Juana Lourdes Noe Rufino Rutilio Soledad Yolanda
    """,
    "Samoan": """
    Alofa Fetu Filemu Fiti Ioane Lagi Lani Lupe Malia Manaia Mele Penina Sefa Sina
    Talia Tavita Tasi Tui
    """,
    "Amharic": """
    Abeba Abel Almaz Bethlehem Biniam Dawit Eden Eyob Hana Hirut Kidist Liya Meron
    Mihret Nahom Rahel Selam Tsion Yonas Yosef
    """,
    "Hmong": """
    Bee Chue Chong Gao Hli Kao Kong Lue Maiv Mee Nhia Nou Pa Paj See Tou Xeng Yeng
    Zoua
    """,
    "Portuguese": """
    Adriana Bruno Caio Clarice Davi Fabiana Heitor Joana Joao Larissa Livia Lucas
    Mariana Paulo Rafaela Tainara Thiago Vitor
    """,
}

_COMMON_FAMILY = """
Abbott Adler Archer Ashby Atwood Bailey Banks Barlow Beck Bell Benson Bishop Blackwood
Booker Bowman Bradley Brandt Briggs Brook Burke Byrd Calloway Carver Chandler Coleman
Conrad Cooper Cross Dalton Dawson Dixon Draper Easton Ellis Emerson Everett Farmer
Fields Finch Fisher Fletcher Ford Foster Freeman Frost Gaines Gardner Gibson Glover
Goodwin Grant Graves Greene Hale Hampton Hardy Harlow Hart Hayes Hoffman Holloway
Hudson Hunter Ingram Irwin Jennings Keller Kennedy Kirk Lambert Lane Larson Lindgren
Locke Lowell Marsh Mason Mercer Miles Monroe Moss Nash Newton Norris North Oakley
Olsen Page Palmer Parrish Payne Pierce Porter Potter Quigley Ramsey Reed Rhodes Rivers
Rowe Sawyer Schaefer Sharpe Shaw Sheridan Slater Sloan Stark Stone Sutton Swift Tate
Thatcher Thorne Tucker Turner Vance Wagner Walker Walsh Ward Waters Weaver Webb Wells
West Wheeler Whitfield Wilder Winters Wood Wyatt York
"""

_FAMILY: dict[str, str] = {
    "Spanish": """
    Aguilar Alvarado Alvarez Arroyo Avila Barrera Becerra Bravo Cabrera Calderon
    Campos Cardenas Carrillo Castaneda Castillo Cervantes Chavez Contreras Cortez
    Delgado Diaz Dominguez Duran Escobar Espinoza Estrada Fernandez Figueroa Flores
    Fuentes Galvan Garcia Gomez Gonzalez Guerrero Guzman Hernandez Herrera Ibarra
    Jimenez Juarez Lara Leon Lopez Luna Macias Maldonado Martinez Medina Mejia Mendoza
    Meza Miranda Molina Montoya Morales Moreno Munoz Navarro Nunez Ochoa Orozco Ortega
    Ortiz Pacheco Padilla Palacios Pena Perez Ponce Quintero Ramirez Ramos Rangel
    Reyes Rios Rivera Robles Rodriguez Rojas Romero Rosales Rubio Ruiz Salas Salazar
    Salinas Sanchez Sandoval Santos Serrano Silva Solis Soto Suarez Torres Trujillo
    Valdez Valencia Vargas Vasquez Vega Velasco Villa Villanueva Zamora Zavala
    """,
    "Mandarin": """
    Cai Cao Chen Cheng Deng Ding Fang Feng Gao Guo Han He Hu Huang Jiang Li Liang Lin
    Liu Lu Luo Ma Pan Peng Qian Shen Shi Song Sun Tan Tang Wang Wei Wu Xie Xu Yang Yao
    Ye Yuan Zhang Zhao Zheng Zhou Zhu
    """,
    "Cantonese": """
    Au Chan Cheung Chow Chu Fong Ho Kwan Kwok Lai Lam Lau Lee Leung Ma Mak Ng Tam Tse
    Tsang Wong Yeung Yip Yu
    """,
    "Vietnamese": """
    Bui Cao Dang Dao Dinh Do Doan Duong Ha Ho Hoang Huynh Lam Le Luong Ly Mai Ngo
    Nguyen Pham Phan Phung Ta Tran Trinh Truong Vo Vu
    """,
    "Tagalog": """
    Aquino Bautista Bayani Belmonte Cruz Dalisay Dimaculangan Dizon Enriquez Garcia
    Lacson Luna Macaraeg Magbanua Magsaysay Manalo Mendoza Pangilinan Panganiban Reyes
    Santos Soriano Tolentino Valdez Villanueva
    """,
    "Korean": """
    Ahn Bae Baek Cho Choi Chung Han Hong Hwang Jang Jeong Jung Kang Kim Ko Kwon Lee
    Lim Moon Nam Noh Oh Park Ryu Seo Shin Son Song Yang Yoo Yoon
    """,
    "Arabic": """
    Abboud Aziz Bakri Darwish Farah Ghanem Habib Haddad Hakim Hamdan Hariri Issa Jaber
    Kanaan Karam Khalil Khoury Mansour Masri Mikhail Naser Nassar Rahman Saad Sabbagh
    Saleh Salem Shaheen Tawil Zaki
    """,
    "Farsi": """
    Ahmadi Amini Azadi Bahrami Ebrahimi Farahani Ghorbani Hosseini Jafari Karimi
    Kazemi Moradi Mousavi Nazari Rahimi Rostami Sadeghi Shirazi Tehrani Yazdani Zamani
    """,
    "Armenian": """
    Abrahamyan Avagyan Babayan Danielyan Galstyan Gasparyan Grigoryan Hakobyan
    Harutyunyan Hovhannisyan Karapetyan Khachatryan Manukyan Minasyan Petrosyan
    Sargsyan Simonyan Torosyan Vardanyan
    """,
    "Russian": """
    Belov Bogdanov Egorov Fedorov Fomin Golubev Ivanov Kiselev Kozlov Kuznetsov
    Lebedev Makarov Morozov Nikitin Novikov Orlov Pavlov Petrov Semenov Smirnov
    Sokolov Titov Vasiliev Volkov Zaitsev
    """,
    "Punjabi": """
    Bains Bajwa Brar Chahal Dhaliwal Dhillon Gill Grewal Johal Kahlon Kang Mann
    Randhawa Sandhu Sidhu Singh Sohal Uppal Virk
    """,
    "Hindi": """
    Agarwal Bhatt Chandra Chopra Desai Dutta Gupta Iyer Jain Joshi Kapoor Khanna
    Kulkarni Kumar Malhotra Mehta Menon Mishra Nair Pandey Patel Rao Reddy Shah Sharma
    Singh Sinha Trivedi Varma
    """,
    "Mixteco": """
    Aguilar Bautista Cruz Feliciano Gaspar Hernandez Lopez Martinez Mendoza Miguel
    Morales Nicolas Ortiz Pablo Ramirez Reyes Rojas Santiago Solano Vasquez
    """,
    "Samoan": """
    Afoa Alofaituli Faleafa Faumuina Fonoti Galuvao Leiataua Lemalu Mata Petelo Pua
    Sapolu Seumalo Tafua Tagaloa Tauiliili Tuiasosopo Tupua
    """,
    "Amharic": """
    Abebe Alemu Assefa Bekele Desta Fikre Gebre Girma Haile Kassa Kebede Lemma
    Mekonnen Negash Tadesse Tesfaye Wolde Worku Zewde
    """,
    "Hmong": """
    Cha Chang Cheng Hang Her Khang Kong Kue Lee Lo Lor Moua Thao Vang Vue Xiong Yang
    """,
    "Portuguese": """
    Almeida Azevedo Barbosa Cardoso Carvalho Correia Costa Duarte Ferreira Fonseca
    Gomes Machado Martins Melo Moreira Nogueira Oliveira Pereira Pinto Ribeiro Rocha
    Santana Silva Souza Teixeira
    """,
}


def given_names(language: str) -> tuple[list[str], list[str]]:
    """The names any family may choose, and those common with a home language."""
    common = _COMMON_GIVEN.split()
    return common, _GIVEN.get(language, "").split() or common


def family_names(language: str) -> list[str]:
    """Family names common with a home language."""
    return (_FAMILY.get(language) or _COMMON_FAMILY).split()


_FIRST = """
Alder Amber Anchor Aspen Azalea Bay Birch Bishop Pine Blue Heron Bright Canyon Cedar
Chaparral Clear Clover Coral Cypress Deer Dogwood Driftwood Eagle Elder Fern Fog Fox
Garnet Gold Gull Harbor Hawk Hazel Juniper Kelp Kestrel Lantern Laurel
Lighthouse Linden Lupine Madrone Manzanita Maple Meadow Mesa Mill Mist Myrtle
North Oak Ocean Opal Orchard Osprey Otter Owl Pearl Pelican Pepper Plover Poppy Quail
Quarry Rain Raven Red Reed Ridge Sage Salt Sand Sandpiper Seal Shell Silver Spruce
Star Stone Summer Sun Swallow Sycamore Tanager Tide Timber Wave Willow Wind Wren
Yarrow
"""
_SECOND = """
Bend Bluff Bridge Brook Cape Cliff Cove Creek Crest Crossing Dale Dune Field Flat Ford
Gate Glen Grove Hill Hollow Inlet Knoll Lagoon Lake Landing Ledge Light Marsh
Meadows Mesa Park Pass Path Peak Point Pond Reach Rise River Rock Run Shoals Shore
Slope Sound Spring Terrace Trail Vale Valley View Vista Way Woods
"""


def school_names(count: int, shift: int) -> list[str]:
    """`count` different place names for schools; `shift` begins elsewhere.

    Neighbours in the list differ in both words. Where a district has more schools
    than there are pairs of words, a number follows the name.
    """
    first, second = _FIRST.split(), _SECOND.split()
    pairs = len(first) * len(second)
    names = []
    for at in range(shift, shift + count):
        lap, place = divmod(at, pairs)
        # 41 and 17 share no factor with the lengths: every pair comes once a lap.
        turn, step = divmod(place, len(first))
        row = step * 41 % len(first)
        column = (step * 17 + turn) % len(second)
        names.append(f"{first[row]} {second[column]}" + (f" {lap + 1}" if lap else ""))
    return names
